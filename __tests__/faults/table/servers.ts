import { answers, sends } from '../make/answers.ts';
import { resolver } from '../make/connections.ts';
import { always, speckle, speckleAfter } from '../make/speckle.ts';
import type { Row, Section } from '../row.ts';

const failing = { code: 'server-error', requests: 'several', lasts: 'timeout' } as const;
const verified = { code: 'verified', requests: 2, lasts: 'until it passes' } as const;
const inAnHour = (): string => new Date(Date.now() + 3600 * 1000).toUTCString();

/** Every request but the first. */
function afterTheFirst(): () => boolean {
  let requests = 0;
  return () => ++requests > 1;
}

/** The identity fails for good. */
const brokenIdentity = {
  'Query.activeUser': () => {
    throw new Error('The database is gone');
  },
};

const rows: readonly Row[] = [
  { what: 'Status 500', make: answers(500), ...failing },
  { what: 'Status 502', make: answers(502), ...failing },
  { what: 'Status 503', make: answers(503), ...failing },
  { what: 'Status 504', make: answers(504), ...failing },
  { what: 'Status 408', make: answers(408), ...failing },
  { what: 'Status 501', make: answers(501), code: 'not-speckle', requests: 1, lasts: 'at once' },
  {
    what: 'Status 503 until a date beyond the timeout',
    make: answers(503, { 'retry-after': inAnHour() }),
    code: 'server-error',
    requests: 1,
    lasts: 'at once',
  },
  {
    what: 'Half of an answer, then a reset',
    make: speckle(always({ halfSent: true })),
    ...failing,
  },
  {
    what: 'An answer shorter than it says',
    make: sends('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{', (socket) => socket.end()),
    ...failing,
  },
  {
    what: 'Chunks without their end',
    make: sends('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n', (socket) => socket.end()),
    ...failing,
  },
  {
    what: 'The server cannot say who the user is',
    make: speckle({ resolvers: brokenIdentity }),
    ...failing,
  },
  {
    what: 'Status 500 for the second request, which asks why the project was refused',
    make: speckle({
      token: { scopes: ['profile:read', 'streams:read'] },
      inputs: { project: 'c3d4e5f6a7' },
      ...always({ when: afterTheFirst(), answer: { status: 500 } }),
    }),
    ...failing,
  },
  {
    what: 'The rate limit, and no word of how long',
    make: answers(429),
    code: 'rate-limited',
    requests: 'several',
    lasts: 'timeout',
  },
  {
    what: 'The rate limit, for longer than the timeout',
    make: answers(429, { 'retry-after': '90' }),
    code: 'rate-limited',
    requests: 1,
    lasts: 'at once',
  },
];

export const failingServers: Section = {
  title: 'A server that fails, or limits',
  intro: 'Asked again until the timeout, with waits that grow and differ from job to job.',
  rows,
};

const once: readonly Row[] = [
  {
    what: 'Status 503, once',
    make: speckle({ faults: [{ answer: { status: 503 } }] }),
    ...verified,
  },
  { what: 'A reset, once', make: speckle({ faults: [{ reset: true }] }), ...verified },
  { what: 'Half of an answer, once', make: speckle({ faults: [{ halfSent: true }] }), ...verified },
  {
    what: 'Silence, once',
    make: speckle({ faults: [{ stall: true }], inputs: { timeout: '5' } }),
    ...verified,
  },
  {
    what: 'The rate limit, for a part of a second',
    make: speckle({ faults: [{ answer: { status: 429, headers: { 'retry-after': '0.3' } } }] }),
    ...verified,
  },
  {
    what: 'The rate limit, for a second',
    make: speckle({ faults: [{ answer: { status: 429, headers: { 'retry-after': '1' } } }] }),
    ...verified,
  },
  {
    what: 'The identity fails, once',
    make: speckle({
      faults: [
        {
          answer: {
            status: 200,
            body: JSON.stringify({
              data: null,
              errors: [{ message: 'x', path: ['activeUser'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
            }),
          },
        },
      ],
    }),
    ...verified,
  },
  { what: 'Nobody listens yet', make: speckleAfter(3000), ...verified, requests: 1 },
  {
    what: 'DNS fails, once',
    make: speckle({
      env: resolver(`if (times === 1) found(failed('EAI_AGAIN')); else system('127.0.0.1', options, found)`),
      host: 'localhost',
    }),
    ...verified,
    requests: 1,
  },
];

export const passingFaults: Section = {
  title: 'Faults that pass',
  intro: 'The log says each time why it waits and for how long; the step succeeds.',
  rows: once,
};

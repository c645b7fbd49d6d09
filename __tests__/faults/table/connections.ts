import type { Row, Section } from '../row.ts';
import { endless, onRequest, sends } from '../make/answers.ts';
import { noWay, notAccepted, refused, resetAtOnce, resolver, unknown } from '../make/connections.ts';

const asking =
  (lookup: string): Row['make'] =>
  async () => ({
    inputs: { server: 'https://speckle.example.com' },
    env: resolver(lookup),
  });

const broken = { code: 'unreachable', requests: 'several', lasts: '10 s' } as const;
const none = { code: 'unreachable', requests: 0, lasts: '10 s' } as const;
const late = { code: 'timeout', requests: 'several', lasts: 'timeout' } as const;

const rows: readonly Row[] = [
  {
    what: 'DNS does not know the server’s name',
    make: unknown,
    code: 'unreachable',
    requests: 0,
    lasts: 'at once',
  },
  {
    what: 'No server was named, and DNS does not know the default one',
    make: async () => ({ inputs: { server: '' }, env: resolver(`found(failed('ENOTFOUND'))`) }),
    code: 'unreachable',
    requests: 0,
    lasts: 'at once',
  },
  { what: 'DNS fails for now', make: asking(`found(failed('EAI_AGAIN'))`), ...none },
  { what: 'DNS does not answer', make: asking(''), ...none },
  { what: 'Nobody listens on the port', make: refused, ...none },
  { what: 'The connection is not accepted', make: notAccepted, ...none },
  { what: 'There is no network route to the address', make: noWay, ...none },
  { what: 'The connection is reset at once', make: resetAtOnce, ...none },
  {
    what: 'The connection is reset after the request',
    make: onRequest((socket) => socket.resetAndDestroy()),
    ...broken,
  },
  {
    what: 'The connection is closed after the request',
    make: onRequest((socket) => socket.end()),
    ...broken,
  },
  {
    what: 'The answer breaks off in its head',
    make: sends('HTTP/1.1 200 OK\r\ncontent-le', (socket) => socket.end()),
    ...broken,
  },
  { what: 'The server does not answer', make: onRequest(() => {}), ...late },
  { what: 'The answer stops in its head', make: sends('HTTP/1.1 200 OK\r\n'), ...late },
  {
    what: 'The answer stops in its text',
    make: sends('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'),
    ...late,
  },
  { what: 'The answer comes drop by drop', make: endless(50), ...late },
];

export const connections: Section = {
  title: 'No connection, or none that lasts',
  intro:
    'Tried again for ten seconds while no connection comes about, and until the timeout once the server has been reached.',
  rows,
};

import { gzipSync } from 'node:zlib';
import { answers, endless, json, page, responds, sends, toHttps } from '../make/answers.ts';
import { speckle } from '../make/speckle.ts';
import type { Row, Section } from '../row.ts';

const redirected = { code: 'redirected', requests: 1, lasts: 'at once' } as const;
const foreign = { code: 'not-speckle', requests: 1, lasts: 'at once' } as const;
const jsonType = { 'content-type': 'application/json' };
const mebibyte = 2 ** 20;

const redirect = (status: number, location?: string): Row['make'] =>
  answers(status, location === undefined ? {} : { location });

export const redirects: Section = {
  title: 'Redirects',
  intro: 'None is followed: the token would go to a place that nobody named.',
  rows: [
    {
      what: 'To another server',
      make: redirect(301, 'https://new.example.com/graphql'),
      ...redirected,
    },
    {
      what: 'From http to https of the same host',
      make: toHttps,
      ...redirected,
    },
    { what: 'To a login page', make: redirect(302, '/login?next=%2Fgraphql'), ...redirected },
    { what: 'To what is no page', make: redirect(302, 'javascript:alert(1)'), ...redirected },
    { what: 'To nowhere', make: redirect(302), ...redirected },
  ],
};

const rows: readonly Row[] = [
  { what: 'A page of a web server', make: page(200, 'Welcome'), ...foreign },
  { what: 'A page that says 404', make: page(404, 'Not found'), ...foreign },
  { what: 'JSON of something else', make: json(200, { status: 'ok' }), ...foreign },
  { what: 'Nothing, with status 200', make: answers(200), ...foreign },
  { what: 'Nothing, with status 204', make: answers(204), ...foreign },
  {
    what: 'Text that is no JSON, although it says so',
    make: answers(200, jsonType, 'OK'),
    ...foreign,
  },
  {
    what: 'Half of an answer, whole by its length',
    make: answers(200, jsonType, '{"data":{"serverI'),
    ...foreign,
  },
  { what: 'More than 1 MiB', make: answers(200, jsonType, ' '.repeat(30 * mebibyte)), ...foreign },
  { what: 'JSON without an end', make: endless(), ...foreign },
  {
    what: 'A small answer that unpacks to more than 1 MiB',
    make: answers(200, { ...jsonType, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(30 * mebibyte))),
    ...foreign,
  },
  {
    what: 'An answer that cannot be unpacked',
    make: answers(200, { ...jsonType, 'content-encoding': 'gzip' }, '{}'),
    ...foreign,
  },
  {
    what: 'GraphQL of something else',
    make: json(400, { errors: [{ message: 'Cannot query field "serverInfo" on type "Query".' }] }),
    ...foreign,
    requests: 2,
  },
  { what: 'GraphQL without data', make: json(200, { data: null }), ...foreign },
  {
    what: 'GraphQL without what was asked',
    make: json(200, { data: { serverInfo: { name: 'Speckle' } } }),
    ...foreign,
  },
  {
    what: 'GraphQL with a user of another form',
    make: json(200, { data: { serverInfo: { name: 'Speckle' }, activeUser: 7, streams: null } }),
    ...foreign,
  },
  {
    what: 'Fewer answers than were asked at once',
    make: speckle({
      token: { scopes: ['profile:read', 'streams:read', 'streams:write'] },
      inputs: { scopes: 'write' },
      faults: [{ answer: { status: 200, body: '[{"data":{}}]' } }],
    }),
    ...foreign,
  },
  { what: 'A bad request (400)', make: json(400, { error: 'bad request' }), ...foreign },
  {
    what: 'A login of a gateway (401)',
    make: page(401, 'Log in'),
    ...foreign,
  },
  { what: 'A page of a firewall (403)', make: page(403, 'Blocked'), ...foreign },
  { what: 'JSON of a gateway (403)', make: json(403, { message: 'forbidden' }), ...foreign },
  { what: 'A method that is not allowed (405)', make: answers(405), ...foreign },
  { what: 'Another protocol', make: sends('220 mail.example.com ready\r\n'), ...foreign },
  {
    what: 'A head without an end',
    make: sends(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(10_000)}`),
    ...foreign,
  },
  {
    what: 'A change to another protocol (101)',
    make: sends('HTTP/1.1 101 Switching Protocols\r\nupgrade: a\r\nconnection: upgrade\r\n\r\n'),
    ...foreign,
  },
  {
    what: 'An echo of the request',
    make: responds((request, response) => request.pipe(response)),
    ...foreign,
  },
];

export const foreignAnswers: Section = {
  title: 'Answers that no Speckle server gives',
  intro: 'Told at once: asking again would give the same answer.',
  rows,
};

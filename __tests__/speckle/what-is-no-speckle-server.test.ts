// Wrong addresses, gateways, pages with 200 and other GraphQL: never taken for a server, and named for what they are.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Failure } from '../../src/failure.ts';
import type { HttpAnswer } from '../../src/transport.ts';
import { exchanges } from '../../dev/recordings/exchanges.ts';
import { verifyWith, type Wanted } from './bench.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };
const identity = {
  serverInfo: { name: 'Speckle', version: '2', migration: null },
  activeUser: { id: 'abc', name: 'Ada', email: null, role: 'server:user' },
};
const known = { data: { ...identity, streams: { totalCount: 0 } } };
const namespace = { data: { projectMutations: { __typename: 'ProjectMutations' } } };
const other = { errors: [{ message: 'Cannot query field "serverInfo" on type "Query".' }] };

async function failureOf(answers: Partial<HttpAnswer>[], wanted?: Wanted): Promise<unknown> {
  return verifyWith(answers, wanted).then(
    ({ failure }) => failure,
    (error: unknown) => error,
  );
}

describe('not-speckle', () => {
  test.each<[what: string, answer: Partial<HttpAnswer>, problem: string]>([
    [
      'a page',
      { headers: html, body: '<html><title>\nWelcome &amp; more\n</title></html>' },
      'HTTP status 200 and text/html, a page titled “Welcome &amp; more”',
    ],
    ['no such page', { status: 404, headers: html, body: '<p>' }, 'HTTP status 404 and text/html'],
    ['JSON of something else', { body: '{"status":"ok"}' }, 'HTTP status 200 and application/json'],
    ['a number', { body: '7' }, 'HTTP status 200 and application/json'],
    ['nothing', { headers: {} }, 'HTTP status 200 and an empty body'],
    [
      'text without a type',
      { headers: {}, body: 'hello' },
      'HTTP status 200 and a body without a content type',
    ],
    ['no data', { body: '{"data":null}' }, 'HTTP status 200 and application/json'],
    ['empty data', { body: '{"data":{}}' }, 'HTTP status 200 and application/json'],
    ['a part of what was asked', { body: JSON.stringify({ data: { serverInfo: {} } }) }, 'HTTP status 200'],
    ['an array', { body: JSON.stringify([known]) }, 'HTTP status 200'],
    ['extensions of another form', { body: JSON.stringify({ ...known, extensions: [] }) }, 'HTTP status 200'],
    ['errors of another form', { body: JSON.stringify({ ...known, errors: 'no' }) }, 'HTTP status 200'],
    ['a 400 of something else', { status: 400, body: '{"error":"bad"}' }, 'HTTP status 400'],
    ['a result with another status', { status: 404, body: JSON.stringify(known) }, 'HTTP status 404'],
  ])('%s', async (_, answer, problem) => {
    const failure = await failureOf([answer]);
    expect(failure).toMatchObject({ code: 'not-speckle', problem: expect.stringContaining(problem) });
    expect(failure).toMatchObject({
      problem: expect.stringMatching(
        /^https:\/\/speckle\.example\.com answered with .* is not the answer of a Speckle server\.$/,
      ),
      remedy: expect.stringContaining('the input server'),
    });
  });

  test.each<[what: string, answers: unknown[]]>([
    ['fewer answers than asked', [known]],
    ['more answers than asked', [known, namespace, known]],
    ['an answer that is none', [known, {}]],
    ['an answer without what was asked', [known, { data: {} }]],
    ['an answer without the project', [known, namespace]],
  ])('a batch with %s', async (what, answers) => {
    const project = what.includes('project') ? 'abc' : undefined;
    const failure = await failureOf([{ body: JSON.stringify(answers) }], { scopes: 'write', project });
    expect(failure).toMatchObject({ code: 'not-speckle' });
  });

  test.each<[what: string, data: object]>([
    ['a server without a name', { ...identity, serverInfo: {} }],
    ['a server that is none', { ...identity, serverInfo: 'Speckle' }],
    ['a user without an id', { ...identity, activeUser: { name: 'Ada' } }],
    ['a user that is none', { ...identity, activeUser: 1 }],
  ])('%s', async (_, data) => {
    expect(await failureOf([{ body: JSON.stringify({ data }) }])).toMatchObject({
      code: 'not-speckle',
      problem: expect.stringContaining('speaks GraphQL, but'),
    });
  });

  test('GraphQL of something else is told by the smallest identity', async () => {
    expect(await failureOf([{ status: 400, body: JSON.stringify(other) }])).toMatchObject({
      code: 'not-speckle',
      problem: expect.stringContaining('speaks GraphQL, but'),
    });
  });

  test.each([
    ['401', { status: 401, headers: html, body: '<title>Log in</title>' }],
    ['401 with JSON', { status: 401, body: '{"error":"Unauthorized"}' }],
    ['403 with a page', { status: 403, headers: html, body: '<h1>Blocked</h1>' }],
    ['403 with other JSON', { status: 403, body: '{"error":{"code":7}}' }],
    ['403 with GraphQL', { status: 403, body: '{"error":"x","errors":[{"message":"x"}]}' }],
  ])('%s speaks of a firewall or a gateway', async (_, answer) => {
    const failure = await failureOf([answer]);
    expect(failure).toMatchObject({
      code: 'not-speckle',
      remedy: expect.stringMatching(/^There seems to be a firewall, or a gateway with a login of its own, /),
    });
  });
});

describe('invalid-token', () => {
  test.each([5, 6, 7, 8, 15])('recording %i', async (number) => {
    const response = exchanges.find((exchange) => exchange.number === number)?.response;
    const answer = { ...response, body: JSON.stringify(response?.json) };
    const failure = await failureOf([answer]);
    expect(failure).toMatchObject({
      code: 'invalid-token',
      problem:
        'https://speckle.example.com, whose address came from the input server, does not accept the token.',
      remedy:
        'Look on https://speckle.example.com/settings/user/developer for a token that begins with “012…”: if there is none, it was revoked, has expired, or belongs to another user or another server, so make a new one there, or name the right server in the input server.',
      message: expect.stringContaining(`(Request id of the server: ${response?.headers['x-request-id']})`),
    });
  });

  test.each([
    ['another-form-of-a-token', 'others'],
    ['0123456789abcdef0123456789abcdef012345678', '41'],
  ])('a token of another form is said to be one: %s', async (token, found) => {
    const answer = { status: 403, body: '{"error":"Your token is not valid."}' };
    expect(await failureOf([answer], { token })).toMatchObject({
      code: 'invalid-token',
      remedy: expect.stringContaining(`has 42 characters, 0 to 9 and a to f, and this one has ${found}: `),
    });
  });
});

describe('an identity that fails', () => {
  test.each<[what: string, result: object, code: string]>([
    [
      'for good',
      { data: null, errors: [{ message: 'Boom', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
      'server-error',
    ],
    [
      'at the user',
      {
        data: { ...identity, activeUser: null },
        errors: [{ message: 'Boom', path: ['activeUser'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      },
      'server-error',
    ],
    [
      'at the server',
      { data: null, errors: [{ message: 'Boom', path: ['serverInfo', 'name'], extensions: {} }] },
      'server-error',
    ],
    [
      'since the user may not be seen',
      {
        data: { ...identity, activeUser: null },
        errors: [
          { message: 'Boom', path: ['activeUser'], extensions: { code: 'SUSPENDED', statusCode: 403 } },
        ],
      },
      'anonymous',
    ],
  ])('%s', async (_, result, code) => {
    const failure = await failureOf([{ body: JSON.stringify(result) }]);
    expect(failure).toMatchObject({ code, problem: expect.stringContaining('“Boom”') });
  });
});

test('whatever comes, the answer is a failure whose text is one line and holds no token', async () => {
  const token = '0123456789abcdef0123456789abcdef0123456789';
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constant(token),
    fc.constant('\n::error::x\u001b[31m'),
  );
  const body = fc.oneof(
    text,
    fc.json(),
    fc.tuple(text).map(([title]) => `<title>${title}</title>`),
    fc.json().map((data) => `{"data":${data},"errors":[{"message":"x","path":["project"]}]}`),
    text.map((message) => JSON.stringify({ errors: [{ message, path: ['serverInfo'] }] })),
    text.map((message) => JSON.stringify([{ errors: [{ message, extensions: message }] }, { data: {} }])),
  );
  const answer = fc.record({
    status: fc.constantFrom(200, 201, 400, 401, 403, 404, 418, 500),
    headers: fc.record({ 'content-type': text, 'x-request-id': text }, { requiredKeys: [] }),
    body,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 3 }), async (answers) => {
      const failure = await failureOf(answers, { scopes: 'write', project: 'abc' });
      if (!(failure instanceof Failure)) throw new Error('No failure came.', { cause: failure });
      expect(failure.message).not.toMatch(/\p{Cc}|\n::/u);
      expect(failure.message).not.toContain(token.slice(0, 8));
    }),
    { numRuns: 500 },
  );
});

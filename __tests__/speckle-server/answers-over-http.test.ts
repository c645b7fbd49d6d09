// What the embedded server does with requests that no recording holds, as measured with a real one.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type SpeckleServer, startSpeckleServer } from '../../dev/speckle-server/server.ts';

let server: SpeckleServer;

beforeAll(async () => {
  server = await startSpeckleServer({ bodyLimit: 1000 });
});
afterAll(() => server.close());

const send = (body: string, headers = {}): Promise<Response> =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

test('the request id that a client sends comes back', async () => {
  const response = await send('{"query":"{ serverInfo { name } }"}', { 'x-request-id': 'job-17' });
  expect(response.headers.get('x-request-id')).toBe('job-17');
});

test.each(['[null]', '[{}]', '[{"query":"{ serverInfo { name } }"},null]'])(
  'a batch of %s gets one error for all',
  async (body) => {
    const response = await send(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  },
);

test.each([
  ['{"query":', 400],
  ['"text"', 400],
  [`{"query":"{ serverInfo { name } }${' '.repeat(1000)}"}`, 413],
])('a body that cannot be read is refused: %#', async (body, status) => {
  expect((await send(body)).status).toBe(status);
});

test('GET needs a header that a page of another origin cannot send', async () => {
  const url = `${server.url}/graphql?query={serverInfo{version}}`;
  expect((await fetch(url)).status).toBe(400);
  expect((await fetch(url, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(200);
});

test('it tells that it is alive and ready', async () => {
  for (const path of ['/liveness', '/readiness'])
    expect(await (await fetch(server.url + path)).json()).toMatchObject({ status: 'ok' });
});

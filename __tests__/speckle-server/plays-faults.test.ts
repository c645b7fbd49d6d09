// Faults that tests ask the embedded server to play, seen by a client.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type SpeckleServer, startSpeckleServer } from '../../dev/speckle-server/server.ts';
import { ask } from './ask.ts';

const query = '{ serverInfo { version } }';
const good = { status: 200, json: { data: { serverInfo: { version: '2.31.14' } } } };
let server: SpeckleServer;

beforeEach(async () => {
  server = await startSpeckleServer();
});
afterEach(() => server.close());

const send = (signal: AbortSignal | null = null): Promise<Response> =>
  fetch(`${server.url}/graphql`, { method: 'POST', redirect: 'manual', signal });

test('a fault meets as many requests as it says, in order, and the rest are answered well', async () => {
  server.faults.push(
    { answer: { status: 502, body: '{}' }, times: 2 },
    { answer: { status: 503, body: '{}' } },
  );
  const asked = [await ask(server, query), await ask(server, query), await ask(server, query)];
  expect(asked.map(({ status }) => status)).toEqual([502, 502, 503]);
  expect(await ask(server, query)).toMatchObject(good);
  expect(server.requests.map(({ status, operations }) => [status, operations])).toEqual([
    [502, 1],
    [502, 1],
    [503, 1],
    [200, 1],
  ]);
});

test('a fault may wait for the request that it is meant for', async () => {
  server.faults.push({ reset: true, when: ({ operations }) => operations > 1 });
  expect(await ask(server, query)).toMatchObject(good);
  await expect(ask(server, [query, query])).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
});

test('a redirect', async () => {
  server.faults.push({ redirect: { location: 'https://example.com/', status: 308 } });
  const response = await send();
  expect([response.status, response.headers.get('location')]).toEqual([308, 'https://example.com/']);
});

test('half an answer, then a reset', async () => {
  server.faults.push({ halfSent: true });
  const response = await send();
  expect(response.status).toBe(400);
  await expect(response.text()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
});

test.each([{ endless: true }, { endless: 1 }] as const)('an answer without an end: %j', async (fault) => {
  server.faults.push(fault);
  const { body } = await send();
  let received = '';
  for await (const piece of body ?? []) {
    received += Buffer.from(piece).toString();
    if (received.length > 35) break;
  }
  expect(received).toMatch(/^\{"data":\{"serverInfo":\{"name":"a+$/);
});

test('no answer', async () => {
  server.faults.push({ stall: true });
  await expect(send(AbortSignal.timeout(100))).rejects.toThrow('aborted due to timeout');
  expect(server.requests).toEqual([expect.not.objectContaining({ status: expect.anything() })]);
});

test('the right answer, late and changed', async () => {
  server.faults.push({
    delay: 20,
    rewrite: (answer, { headers }) => ({
      ...answer,
      headers: { ...answer.headers, echo: `${headers.authorization}` },
    }),
  });
  const token = server.world.addToken({ scopes: [] });
  const answer = await ask(server, query, token);
  expect(answer).toMatchObject(good);
  expect(answer.headers.get('echo')).toBe(`Bearer ${token}`);
});

test('faults can be taken back', async () => {
  server.faults.push({ reset: true, times: Infinity });
  server.faults.clear();
  expect(await ask(server, query)).toMatchObject(good);
});

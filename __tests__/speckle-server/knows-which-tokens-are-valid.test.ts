// Which tokens the embedded server takes, and what it does not tell about the others.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type SpeckleServer, startSpeckleServer } from '../../dev/speckle-server/server.ts';
import { ask } from './ask.ts';

const whoAmI = '{ activeUser { id } }';
const refused = { status: 403, json: { error: 'Your token is not valid.' } };
let server: SpeckleServer;
let clock = 0;

beforeEach(async () => {
  clock = Date.parse('2026-01-01T00:00:00Z');
  server = await startSpeckleServer({ now: () => clock });
});
afterEach(() => server.close());

test('a token dies its lifespan after it was made, and not a moment earlier', async () => {
  const token = server.world.addToken({
    scopes: ['profile:read'],
    createdAt: new Date(clock),
    lifespan: 7_776_000,
  });
  clock += 7_775_999;
  expect(await ask(server, whoAmI, token)).toMatchObject({ status: 200 });
  clock += 1;
  expect(await ask(server, whoAmI, token)).toMatchObject(refused);
});

test('a revoked token is refused like one that never was', async () => {
  const token = server.world.addToken({ scopes: ['profile:read'] });
  server.world.revoke(token);
  expect(await ask(server, whoAmI, token)).toMatchObject(refused);
  expect(await ask(server, whoAmI, 'f'.repeat(42))).toMatchObject(refused);
});

test.each([
  ['Bearer and the token', (token: string) => `Bearer ${token}`, 200],
  ['the token alone', (token: string) => token, 200],
  ['Bearer twice', (token: string) => `Bearer Bearer ${token}`, 200],
  ['more behind the token', (token: string) => `Bearer ${token}xyz`, 200],
  ['two spaces', (token: string) => `Bearer  ${token}`, 403],
  ['no token', () => 'Bearer ', 403],
  ['half a token', (token: string) => `Bearer ${token.slice(0, 20)}`, 403],
  ['upper case', () => `Bearer ${'ABCDEF0123'.repeat(5).slice(0, 42)}`, 403],
  ['nothing at all', () => '', 200],
])('an Authorization header with %s', async (_, header, status) => {
  const token = server.world.addToken({
    token: 'abcdef0123'.repeat(5).slice(0, 42),
    scopes: ['profile:read'],
  });
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: header(token) },
    body: JSON.stringify({ query: whoAmI }),
  });
  expect(response.status).toBe(status);
});

test('the list of tokens holds the personal ones that still stand', async () => {
  const { world } = server;
  const token = world.addToken({ scopes: ['profile:read', 'tokens:read'], lifespan: 1000 });
  world.addToken({ scopes: ['profile:read'], kind: 'app' });
  world.revoke(world.addToken({ scopes: ['profile:read'] }));
  const { json } = await ask(server, '{ activeUser { apiTokens { id lifespan } } }', token);
  expect(json).toEqual({ data: { activeUser: { apiTokens: [{ id: token.slice(0, 10), lifespan: 1000 }] } } });
});

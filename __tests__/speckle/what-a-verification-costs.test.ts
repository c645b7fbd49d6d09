// The server's limit counts operations, and all jobs of a matrix share it: success is one request of few operations,
// and a refusal costs one more.
import { describe, expect, test } from '@jest/globals';
import { knownScopes } from '../../src/speckle/scopes.ts';
import { startServer, tokenIn, verifyAt, type Wanted, withoutToken } from './bench.ts';

const on = { workspaces: true, dashboards: true, billing: true, automate: true };
const all = knownScopes.join(' ');

describe('success', () => {
  test.each<[what: string, wanted: Wanted, operations: number]>([
    ['the identity', {}, 1],
    ['reading', { scopes: 'read profile:email' }, 1],
    ['all reading in one query', { scopes: 'read users:read apps:read server:stats tokens:read' }, 1],
    ['writing', { scopes: 'write' }, 2],
    ['a scope without a probe, by the entry of the token', { scopes: 'automate' }, 2],
    ['all namespaces that always answer', { scopes: 'write profile:write users:invite' }, 2],
    ['namespaces of modules', { scopes: 'workspace:billing workspace:update automate-functions:write' }, 2],
    ['what is refused although held: a workspace', { scopes: 'workspace:read' }, 2],
    ['a function', { scopes: 'automate-functions:read' }, 2],
    ['a role', { scopes: 'server:setup' }, 2],
    ['all scopes', { scopes: all }, 5],
    ['an audit', { excessScopes: 'warn' }, 9],
  ])('%s: one request', async (_, wanted, operations) => {
    await using server = await startServer({ modules: on });
    const verdict = await verifyAt(server, tokenIn(server.world, all), wanted);
    expect(verdict.failure).toBeUndefined();
    expect(verdict.scopes).toMatchObject({ missing: [], unverified: [] });
    expect(verdict.operations).toEqual([operations]);
  });

  test('the project rides along', async () => {
    await using server = await startServer();
    const token = tokenIn(server.world, 'profile:read streams:read streams:write');
    const { id } = server.world.addProject();
    const verdict = await verifyAt(server, token, { scopes: 'write', project: id, permission: 'write' });
    expect(verdict.failure).toBeUndefined();
    expect(verdict.project).toEqual({ id, name: 'Bridge', role: 'stream:owner' });
    expect(verdict.operations).toEqual([2]);
  });

  test('two modules that are off may cost a further request', async () => {
    await using server = await startServer();
    const scopes = 'workspace:billing workspace:update';
    const verdict = await verifyAt(server, tokenIn(server.world, `profile:read ${scopes}`), { scopes });
    expect(verdict.failure).toBeUndefined();
    expect(verdict.operations).toEqual([2, 1]);
  });
});

describe('a refusal', () => {
  test('that the first answer tells whole costs nothing more', async () => {
    await using server = await startServer();
    const verdict = await verifyAt(server, tokenIn(server.world, 'profile:read'), {
      scopes: 'read users:read',
    });
    expect(verdict.scopes?.missing).toEqual(['streams:read', 'users:read']);
    expect(verdict.operations).toEqual([1]);
  });

  test('names everything after one further request', async () => {
    await using server = await startServer();
    const verdict = await verifyAt(server, tokenIn(server.world, 'profile:read users:invite'), {
      scopes: 'write profile:write users:invite server:setup',
    });
    expect(verdict.scopes?.missing).toEqual([
      'profile:write',
      'server:setup',
      'streams:read',
      'streams:write',
    ]);
    expect(verdict.scopes?.held).toEqual(['profile:read', 'users:invite']);
    expect(verdict.operations).toEqual([3, 2]);
  });

  test('asks again for nothing that an error has proved', async () => {
    await using server = await startServer();
    const verdict = await verifyAt(server, tokenIn(server.world, 'profile:read streams:write'), {
      scopes: 'streams:write profile:write users:invite',
    });
    expect(verdict.scopes?.missing).toEqual(['profile:write', 'users:invite']);
    expect(verdict.operations).toEqual([2, 1]);
  });

  test('costs nothing more where the entry of the token tells everything', async () => {
    await using server = await startServer();
    const verdict = await verifyAt(server, tokenIn(server.world, 'profile:read tokens:read'), {
      scopes: 'tokens:read streams:write profile:write',
    });
    expect(verdict.scopes?.missing).toEqual(['profile:write', 'streams:write']);
    expect(verdict.operations).toEqual([2]);
  });

  test('of the project asks again without it', async () => {
    await using server = await startServer();
    const token = tokenIn(server.world, 'profile:read streams:read');
    const verdict = await verifyAt(server, token, { scopes: 'write', project: '0000000000' });
    expect(verdict.failure?.code).toBe('missing-scope');
    expect(verdict).toMatchObject({ user: { name: 'Ada Engineer' }, scopes: { missing: ['streams:write'] } });
    expect(verdict.operations).toEqual([2, 1]);
  });

  test('of the token itself is told at once', async () => {
    await using server = await startServer();
    await expect(verifyAt(server, 'f'.repeat(42), { scopes: 'write' })).rejects.toMatchObject({
      code: 'invalid-token',
    });
    expect(server.requests).toHaveLength(1);
  });

  test('to know the token is told at once', async () => {
    await using server = await startServer();
    const token = tokenIn(server.world, 'profile:read');
    const verdict = await verifyAt(server, token, { scopes: 'write' }, withoutToken);
    expect(verdict.failure?.code).toBe('anonymous');
    expect(verdict.scopes).toBeUndefined();
    expect(verdict.operations).toEqual([2]);
  });
});

describe('a server that takes no batches', () => {
  test('is asked for a single operation at once', async () => {
    await using server = await startServer({ batching: false });
    const verdict = await verifyAt(server, tokenIn(server.world, 'profile:read'));
    expect(verdict.failure).toBeUndefined();
    expect(verdict.operations).toEqual([1]);
  });

  test('is asked the same operations one by one, without a second try of a batch', async () => {
    await using server = await startServer({ batching: false });
    const token = tokenIn(server.world, 'profile:read');
    const verdict = await verifyAt(server, token, { scopes: 'write profile:write users:invite' });
    expect(verdict.scopes?.missing).toEqual([
      'profile:write',
      'streams:read',
      'streams:write',
      'users:invite',
    ]);
    expect(verdict.operations).toEqual([2, 1, 1, 1, 1]);
    expect(verdict.failure?.message).toMatch(/\(Request id of the server: [\da-f-]{36}\)$/);
    expect(verdict.requests.map(({ status }) => status)).toEqual([400, 200, 200, 200, 200]);
  });
});

test('the token is sent in one header and nowhere else', async () => {
  await using server = await startServer();
  const token = tokenIn(server.world, 'profile:read');
  const { requests } = await verifyAt(server, token, { scopes: 'automate', project: 'abc' });
  expect(requests).toHaveLength(2);
  for (const { path, headers, body } of requests) {
    const { authorization, ...others } = headers;
    expect(authorization).toBe(`Bearer ${token}`);
    expect(headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
    expect(path + JSON.stringify([others, body])).not.toContain(token.slice(0, 10));
  }
});

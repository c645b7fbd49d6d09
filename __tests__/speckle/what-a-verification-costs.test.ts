// What is asked again after a refusal, and where the token goes. How often a server is asked for what is common:
// scenarios/how-often-a-server-is-asked.
import { describe, expect, test } from '@jest/globals';
import { startServer, tokenIn, verifyAt } from './bench.ts';

describe('a refusal', () => {
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

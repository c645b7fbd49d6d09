// The card of the summary: who, where, which scopes, project and permission, expiry, warnings, and what to do.
import { describe, expect, test } from '@jest/globals';
import { runAction } from '../../dev/runner/run-action.ts';
import type { SpeckleServer } from '../../dev/speckle-server/server.ts';
import type { NewToken } from '../../dev/speckle-server/world.ts';
import { annotations, cardRows, expectFailure, expectVerified, speckleServer } from './scenario.ts';

/** A server with Ada on it, whose bridge is a project. */
async function withAda() {
  const server = await speckleServer();
  server.world.server.name = 'Bridges & Co';
  server.world.addUser({ id: 'ada0000001', name: 'Ada Engineer', email: 'ada@example.com' });
  server.world.addProject({ id: 'bridge0001', name: 'Bridge' });
  return server;
}

async function run(server: SpeckleServer, facts: NewToken, inputs: Readonly<Record<string, string>>) {
  const token = server.world.addToken(facts);
  const result = await runAction({ with: { server: server.url, token, ...inputs } });
  return { ...result, token };
}

function where(server: SpeckleServer, token: string) {
  return {
    Server: `Bridges &#38; Co 2.31.14 ${server.url}`,
    Token: `${token.slice(0, 3)}…`,
    User: 'Ada Engineer ada0000001 server:user',
  };
}

test('shows all that was found out, and what later steps get', async () => {
  const server = await withAda();
  server.world.server.migration = { movedTo: 'https://new.example.com', movedFrom: null };
  const createdAt = new Date();
  const facts = {
    scopes: ['profile:read', 'streams:read', 'streams:write', 'tokens:read', 'users:read'],
    createdAt,
    lifespan: 10 * 86_400_000,
  };
  const inputs = {
    project: 'bridge0001',
    permission: 'write',
    'excess-scopes': 'warn',
    scopes: 'tokens:read',
  };
  const result = await run(server, facts, inputs);
  const message = expectVerified(result);
  expect(result.summary).toContain(`<h3>✅ Speckle: verified</h3>\n<p>${message}</p>`);
  expect(message).toBe(
    `The token belongs to Ada Engineer (ada0000001) at ${server.url} and holds at least ${facts.scopes.join(', ')}. It may write to the project Bridge (bridge0001).`,
  );
  expect(cardRows(result)).toEqual({
    ...where(server, result.token),
    'Scopes seen': facts.scopes.join(' '),
    'Scopes beyond those required': 'users:read',
    Project: 'Bridge bridge0001 stream:owner',
    'Permission required': 'write',
    'Token expires': new Date(createdAt.getTime() + facts.lifespan).toISOString(),
    'For later steps': 'SPECKLE_TOKEN SPECKLE_SERVER SPECKLE_SERVER_URL SPECKLE_PROJECT_ID',
  });
  // The warnings are on it too; the address of another server is no link.
  expect(annotations(result, 'Warning')).toEqual([
    'This server says that it has moved to “https://new.example.com”. Use that address from now on.',
    expect.stringContaining('The token expires in 9 days, at '),
    expect.stringContaining('The token can do more than this job needs: it also holds the scope users:read.'),
  ]);
  expect(result.summary.match(/<li>⚠️ .*<\/li>/g)).toHaveLength(3);
  expect(result.summary).toContain('moved to “https&#58;//new.example.com”');
  expect(result.summary).not.toContain('ada@example.com');
});

const read = ['profile:read', 'streams:read'];

describe('on failure it shows what is known, and the whole message', () => {
  test.each<
    [
      status: string,
      facts: NewToken,
      inputs: Record<string, string>,
      rows: Record<string, string>,
      remedy: string,
    ]
  >([
    [
      'missing-scope',
      { scopes: ['profile:read'] },
      { scopes: 'write automate:report-results' },
      {
        'Scopes seen': 'profile:read',
        'Scopes missing': 'streams:read streams:write',
        'Scopes not verified': 'automate:report-results',
      },
      'Make a token with the scopes automate:report-results, profile:read, streams:read and streams:write on ',
    ],
    [
      'wrong-user',
      { scopes: read },
      { 'allowed-users': '0123456789' },
      { 'Scopes seen': 'profile:read' },
      'Use a token of an allowed user',
    ],
    [
      'project-not-found',
      { scopes: read },
      { project: '0000000000' },
      { 'Scopes seen': read.join(' '), Project: '0000000000', 'Permission required': 'read' },
      'Copy the project’s address from the browser',
    ],
    [
      'project-forbidden',
      { scopes: read, projects: [] },
      { project: 'bridge0001' },
      { 'Scopes seen': read.join(' '), Project: 'bridge0001', 'Permission required': 'read' },
      'Check the project’s id, or make a token on ',
    ],
    [
      'excess-scope',
      { scopes: read },
      { 'excess-scopes': 'fail' },
      { 'Scopes seen': read.join(' '), 'Scopes beyond those required': 'streams:read' },
      'Make a token with only the scope profile:read on ',
    ],
  ])('%s', async (status, facts, inputs, rows, remedy) => {
    const server = await withAda();
    const result = await run(server, facts, inputs);
    const message = expectFailure(result, status);
    expect(message).toContain(`. ${remedy}`);
    expect(result.summary).toContain(`<h3>❌ Speckle: ${status}</h3>\n<p>${message}</p>`);
    expect(cardRows(result)).toEqual({ ...where(server, result.token), ...rows });
  });

  test('invalid-token: the server is not known to be one', async () => {
    const server = await withAda();
    const expired = { scopes: read, createdAt: new Date(0), lifespan: 1, token: 'f'.repeat(42) };
    const result = await run(server, expired, {});
    const message = expectFailure(result, 'invalid-token');
    expect(message).toContain(
      `${server.url}, whose address came from the input server, does not accept the token. Look on ${server.url}/settings/user/developer for a token that begins with “fff…”: if there is none, it was revoked, has expired, or belongs to another user or another server, so make a new one there, or name the right server in the input server.`,
    );
    expect(message).toMatch(/ \(Request id of the server: [\da-f-]{36}\)$/);
    expect(cardRows(result)).toEqual({ Server: server.url, Token: 'fff…' });
    expect(result.outputs).toMatchObject({ 'token-hint': 'fff…', 'token-source': 'input' });
  });

  test('anonymous: nothing counts that an answer as to nobody shows', async () => {
    const server = await speckleServer({ resolvers: { 'Query.activeUser': () => null } });
    const result = await run(server, { scopes: read }, { scopes: 'read' });
    expectFailure(result, 'anonymous');
    expect(Object.keys(cardRows(result))).toEqual(['Server', 'Token']);
    expect(result.outputs).not.toHaveProperty('scopes');
  });
});

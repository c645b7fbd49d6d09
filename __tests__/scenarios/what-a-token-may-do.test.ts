// Every scope that a token can hold, by the built action: held, missing, or impossible to verify.
import { describe, expect, test } from '@jest/globals';
import { canBeProbed, knownScopes } from '../../src/speckle/scopes.ts';
import {
  annotations,
  authenticate,
  cardRows,
  expectFailure,
  expectVerified,
  operations,
  speckleServer,
} from './scenario.ts';

const on = { workspaces: true, dashboards: true, billing: true, automate: true };
const seen = knownScopes.filter(canBeProbed);
const unseen = knownScopes.filter((scope) => !canBeProbed(scope));
const all = seen.join(' ');

describe.each([
  ['on', on],
  ['off', {}],
])('with the modules of the server %s', (_, modules) => {
  test.each(seen)('%s is held alone, or missing among all others', async (scope) => {
    const server = await speckleServer({ modules });
    const others = seen.filter((other) => other !== scope && other !== 'tokens:read').join(' ');
    const [held, refused] = await Promise.all([
      authenticate(server, `profile:read ${scope}`, { scopes: scope }),
      authenticate(server, others, { scopes: scope }),
    ]);
    expectVerified(held);
    expect(held.outputs).toMatchObject({
      scopes: [...new Set(['profile:read', scope])].toSorted().join(' '),
      'missing-scopes': '',
      'unverified-scopes': '',
    });
    expect(expectFailure(refused, 'missing-scope')).toMatch(
      new RegExp(`^The token lacks the scope ${scope}(; it holds streams:read, .*)?\\. Make `),
    );
    expect(refused.outputs).toMatchObject({ 'missing-scopes': scope, 'unverified-scopes': '' });
  });
});

test('all scopes at once are held', async () => {
  const server = await speckleServer({ modules: on });
  const result = await authenticate(server, all, { scopes: all });
  expectVerified(result);
  expect(result.outputs).toMatchObject({ scopes: all, 'missing-scopes': '', 'unverified-scopes': '' });
  expect(annotations(result, 'Notice')).toEqual([]);
  // Two, and one for each of workspace:read, automate-functions:read and server:setup.
  expect(operations(server)).toEqual([5]);
});

test('all scopes at once are missing, and each of them is named', async () => {
  const server = await speckleServer({ modules: on });
  const result = await authenticate(server, 'profile:read', { scopes: all });
  const lacking = seen.filter((scope) => scope !== 'profile:read').join(' ');
  const message = expectFailure(result, 'missing-scope');
  for (const scope of lacking.split(' ')) expect(message.split('. Make a token')[0]).toContain(scope);
  expect(message).toContain(`on ${server.url}/settings/user/developer and use it in place of this one.`);
  expect(result.outputs).toMatchObject({
    scopes: 'profile:read',
    'missing-scopes': lacking,
    'unverified-scopes': '',
    'user-name': 'Ada Engineer',
  });
  expect(cardRows(result)['Scopes missing']).toBe(lacking);
  expect(server.requests).toHaveLength(2);
});

test('a scope that the role of the user is too small for is held all the same', async () => {
  const server = await speckleServer();
  server.world.addUser({ role: 'server:guest' });
  const scopes = 'profile:read server:setup server:stats';
  const result = await authenticate(server, scopes, { scopes });
  expectVerified(result);
  expect(result.outputs).toMatchObject({ scopes, 'user-role': 'server:guest' });
});

test('without profile:read what is known is named, and the rest is not said to be missing', async () => {
  const server = await speckleServer();
  const result = await authenticate(server, 'streams:write', { scopes: 'write profile:email' });
  expect(expectFailure(result, 'missing-scope')).toContain(
    'The token lacks the scopes profile:read and streams:read; without profile:read the others cannot all be checked. Make a token with the scopes profile:email, profile:read, streams:read and streams:write on ',
  );
  expect(result.outputs).toMatchObject({
    scopes: 'streams:write',
    'missing-scopes': 'profile:read streams:read',
    'unverified-scopes': 'profile:email',
  });
});

describe('scopes that show only in use', () => {
  test('are not verified, and a notice says so', async () => {
    const server = await speckleServer();
    const result = await authenticate(server, 'profile:read', { scopes: unseen.join(' ') });
    expectVerified(result);
    expect(result.outputs).toMatchObject({ 'missing-scopes': '', 'unverified-scopes': unseen.join(' ') });
    expect(annotations(result, 'Notice')).toEqual([
      'Not verified: the scopes apps:write, automate:report-results, profile:delete, tokens:write, users:email, workspace:create and workspace:delete, of which a server tells nothing before they are used. A personal token with tokens:read shows all its scopes; if you give it that one, name it in the input scopes too.',
    ]);
    expect(cardRows(result)['Scopes not verified']).toBe(unseen.join(' '));
    expect(operations(server)).toEqual([1]);
  });

  test('are known where the token holds tokens:read', async () => {
    const server = await speckleServer();
    const [held, half] = await Promise.all([
      authenticate(server, `profile:read tokens:read ${unseen.join(' ')}`, { scopes: unseen.join(' ') }),
      authenticate(server, 'profile:read tokens:read users:email', { scopes: unseen.join(' ') }),
    ]);
    expectVerified(held);
    expect(held.outputs).toMatchObject({ 'missing-scopes': '', 'unverified-scopes': '' });
    expect(annotations(held, 'Notice')).toEqual([]);
    expectFailure(half, 'missing-scope');
    expect(half.outputs).toMatchObject({
      scopes: 'profile:read tokens:read users:email',
      'missing-scopes': unseen.filter((scope) => scope !== 'users:email').join(' '),
      'unverified-scopes': '',
    });
    expect(operations(server)).toEqual([1, 1]);
  });

  test('stay unverified for an app token, which does not find itself', async () => {
    const server = await speckleServer();
    server.world.addUser();
    const scopes = ['profile:read', 'tokens:read', 'users:email'];
    const token = server.world.addToken({ kind: 'app', scopes });
    const result = await authenticate(server, '', { token, scopes: 'users:email' });
    expectVerified({ ...result, token });
    expect(result.outputs['unverified-scopes']).toBe('users:email');
  });
});

test.each([
  ['projects:read', 'Check the spelling: the scopes for projects, models and versions are streams:read and'],
  ['foo:bar', 'Check the spelling.'],
])('%s, which nobody knows, is not verified', async (scope, advice) => {
  const server = await speckleServer();
  const result = await authenticate(server, 'profile:read', { scopes: scope });
  expectVerified(result);
  expect(result.outputs['unverified-scopes']).toBe(scope);
  expect(annotations(result, 'Notice')).toEqual([
    expect.stringContaining(`Not verified: the scope ${scope}, which this action does not know. ${advice}`),
  ]);
});

describe('scopes as people write them', () => {
  test('any case and any separator will do', async () => {
    const server = await speckleServer();
    const scopes = 'Profile:READ,Streams:Read;\n Users:read';
    const result = await authenticate(server, 'profile:read streams:read users:read', { scopes });
    expectVerified(result);
    expect(result.outputs['scopes']).toBe('profile:read streams:read users:read');
  });

  test('one that nobody knows is not verified, and not refused', async () => {
    const server = await speckleServer();
    const result = await authenticate(server, 'profile:read', { scopes: 'Foo:Bar' });
    expectVerified(result);
    expect(result.outputs).toMatchObject({ 'missing-scopes': '', 'unverified-scopes': 'foo:bar' });
    expect(annotations(result, 'Notice')).toEqual([
      'Not verified: the scope foo:bar, which this action does not know. Check the spelling.',
    ]);
  });

  test('near misses are refused together, each with the one that was meant', async () => {
    const server = await speckleServer();
    const result = await authenticate(server, 'profile:read', { scopes: 'stream:read Profile_Read wirte' });
    expect(expectFailure(result, 'invalid-input')).toContain(
      'An input is wrong: scopes got “stream:read”, which is not a scope (streams:read is one); “Profile_Read” is not a scope (profile:read is one); “wirte” is not a scope (write is one); it takes scopes such as streams:read, or read, write, automate.',
    );
    expect(server.requests).toEqual([]);
  });
});

test('the token of an embedded view is told as such, whatever is required', async () => {
  const server = await speckleServer();
  const result = await authenticate(server, 'streams:read');
  expect(expectFailure(result, 'missing-scope')).toContain('it may be an embed token');
  expect(operations(server)).toEqual([1, 1]);
});

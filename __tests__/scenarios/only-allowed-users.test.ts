// allowed-users: whose tokens are accepted.
import { expect, test } from '@jest/globals';
import {
  authenticate,
  cardRows,
  expectFailure,
  expectVerified,
  speckleServer,
  unmasked,
} from './scenario.ts';

const ada = { id: 'AB12cd34ef', name: 'Ada Engineer', email: 'Ada.Engineer@Example.com' };
const scopes = 'profile:read profile:email';

test.each([
  ['the id', 'AB12cd34ef'],
  ['the id in another case', 'ab12CD34ef'],
  ['the email', 'Ada.Engineer@Example.com'],
  ['the email in another case', 'ada.engineer@EXAMPLE.COM'],
  ['one of several', 'other@example.com, 0123456789\nada.engineer@example.com'],
])('%s is enough', async (_, allowed) => {
  const server = await speckleServer();
  server.world.addUser(ada);
  const result = await authenticate(server, scopes, { 'allowed-users': allowed });
  expectVerified(result);
  expect(result.outputs).toMatchObject({ 'user-id': ada.id, 'user-email': ada.email });
});

test.each(['other@example.com 0123456789', '0123456789'])(
  'anyone else (%s) is told who it is, but not who is allowed, and no email',
  async (allowed) => {
    const server = await speckleServer();
    server.world.addUser(ada);
    const result = await authenticate(server, scopes, { 'allowed-users': allowed });
    expect(expectFailure(result, 'wrong-user')).toContain(
      'The token belongs to “Ada Engineer” (user id AB12cd34ef), who is not one of the allowed users. Use a token of an allowed user, or add this user to the input allowed-users.',
    );
    expect(cardRows(result)['User']).toBe('Ada Engineer AB12cd34ef server:user');
    expect(`${unmasked(result)}${result.summary}`).not.toMatch(/@example\.com|0123456789/i);
  },
);

test('an id needs no other scope, an email needs profile:email', async () => {
  const server = await speckleServer();
  server.world.addUser(ada);
  expectVerified(await authenticate(server, 'profile:read', { 'allowed-users': ada.id }));
  const result = await authenticate(server, 'profile:read', { 'allowed-users': ada.email });
  expect(expectFailure(result, 'missing-scope')).toContain('The token lacks the scope profile:email.');
});

test('a missing scope is told before the wrong user, the wrong user before the project', async () => {
  const server = await speckleServer();
  server.world.addUser(ada);
  const inputs = { 'allowed-users': '0123456789', project: 'ffffffffff' };
  const few = await authenticate(server, 'profile:read', inputs);
  const enough = await authenticate(server, 'profile:read streams:read', inputs);
  expect(expectFailure(few, 'missing-scope')).toContain('streams:read');
  expect(expectFailure(enough, 'wrong-user')).toContain('Ada Engineer');
});

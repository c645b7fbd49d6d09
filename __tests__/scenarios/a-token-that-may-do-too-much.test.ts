// excess-scopes: what to do about scopes that the token holds beyond those required.
import { expect, test } from '@jest/globals';
import {
  annotations,
  authenticate,
  cardRows,
  expectFailure,
  expectVerified,
  operations,
  speckleServer,
} from './scenario.ts';

const held = 'profile:read streams:read streams:write users:invite workspace:delete';
const excess = 'streams:write users:invite';
const unseen =
  'Not visible to excess-scopes: the scopes apps:write, automate-functions:read, automate:report-results, profile:delete, tokens:write, users:email, workspace:create and workspace:delete. A personal token with tokens:read shows all its scopes; if you give it that one, name it in the input scopes too.';

test('ignore asks for nothing of the kind and says nothing', async () => {
  const server = await speckleServer();
  const result = await authenticate(server, held, { scopes: 'read' });
  expectVerified(result);
  expect(result.outputs).not.toHaveProperty('excess-scopes');
  expect(cardRows(result)).not.toHaveProperty('Scopes beyond those required');
  expect(result.log).not.toMatch(/^(Warning|Notice): /m);
  expect(operations(server)).toEqual([1]);
});

test('warn names them, with the scopes that a token for this job should have', async () => {
  const server = await speckleServer();
  const result = await authenticate(server, held, { scopes: 'read', 'excess-scopes': 'warn' });
  expectVerified(result);
  expect(result.outputs['excess-scopes']).toBe(excess);
  expect(annotations(result, 'Warning')).toEqual([
    `The token can do more than this job needs: it also holds the scopes streams:write and users:invite. Make a token with only the scopes profile:read and streams:read on ${server.url}/settings/user/developer, or name the others in the input scopes if the job needs them.`,
  ]);
  expect(annotations(result, 'Notice')).toEqual([unseen]);
  expect(cardRows(result)['Scopes beyond those required']).toBe(excess);
});

test('fail fails with the same words, and exports nothing', async () => {
  const server = await speckleServer();
  const result = await authenticate(server, held, { scopes: 'read', 'excess-scopes': 'fail' });
  expect(expectFailure(result, 'excess-scope')).toContain(
    `it also holds the scopes streams:write and users:invite. Make a token with only the scopes profile:read and streams:read on ${server.url}`,
  );
  expect(result.outputs).toMatchObject({ 'excess-scopes': excess, 'missing-scopes': '' });
  expect(annotations(result, 'Notice')).toEqual([unseen]);
  expect(server.requests).toHaveLength(1);
});

test('a token that holds just what is required passes', async () => {
  const server = await speckleServer();
  const result = await authenticate(server, 'profile:read', { 'excess-scopes': 'fail' });
  expectVerified(result);
  expect(result.outputs['excess-scopes']).toBe('');
  expect(cardRows(result)['Scopes beyond those required']).toBe('none seen');
  // That no more was seen does not mean that there is no more.
  expect(annotations(result, 'Notice')).toEqual([unseen]);
});

test('with tokens:read nothing stays unseen', async () => {
  const server = await speckleServer();
  const inputs = { scopes: 'read tokens:read', 'excess-scopes': 'fail' };
  const result = await authenticate(server, `${held} tokens:read apps:write`, inputs);
  expect(expectFailure(result, 'excess-scope')).toContain(
    'the scopes apps:write, streams:write, users:invite and workspace:delete. Make',
  );
  expect(annotations(result, 'Notice')).toEqual([]);
});

test('what is missing is told before what is too much, and both are known', async () => {
  const server = await speckleServer();
  const inputs = { scopes: 'read users:read', 'excess-scopes': 'fail' };
  const result = await authenticate(server, held, inputs);
  expect(expectFailure(result, 'missing-scope')).toContain('The token lacks the scope users:read.');
  expect(result.outputs['excess-scopes']).toBe(excess);
});

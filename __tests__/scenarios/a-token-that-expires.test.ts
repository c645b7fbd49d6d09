import { expect, test } from '@jest/globals';
import { runAction, type StepResult } from '../../dev/runner/run-action.ts';
import type { SpeckleServer } from '../../dev/speckle-server/server.ts';
import { annotations, cardRows, expectFailure, speckleServer } from './scenario.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** With a token that dies so many milliseconds after it was made. */
async function verifyExpiring(
  server: SpeckleServer,
  lifespan: number | undefined,
  inputs: Readonly<Record<string, string>> = { scopes: 'tokens:read' },
): Promise<StepResult & { expiresAt: string }> {
  const createdAt = new Date(Date.now() - hour);
  const scopes = ['profile:read', 'tokens:read'];
  const token = server.world.addToken({
    scopes,
    createdAt,
    ...(lifespan !== undefined && { lifespan }),
  });
  const result = await runAction({ with: { server: server.url, token, ...inputs } });
  return { ...result, expiresAt: new Date(createdAt.getTime() + (lifespan ?? 0)).toISOString() };
}

test('within 14 days is warned of, in the log and on the card', async () => {
  const server = await speckleServer();
  const result = await verifyExpiring(server, 14 * day);
  const warning = `The token expires in 13 days, at ${result.expiresAt}. Make a new one in time on ${server.url}/settings/user/developer.`;
  expect(result.outputs).toMatchObject({ status: 'verified', 'expires-at': result.expiresAt });
  expect(annotations(result, 'Warning')).toEqual([warning]);
  expect(cardRows(result)['Token expires']).toBe(result.expiresAt);
  expect(result.summary).toContain(`⚠️ ${warning}`);
});

test('later is told without a warning', async () => {
  const server = await speckleServer();
  const result = await verifyExpiring(server, 15 * day);
  expect(result.outputs).toMatchObject({ status: 'verified', 'expires-at': result.expiresAt });
  expect(annotations(result, 'Warning')).toEqual([]);
});

test('in a hundred years, as tokens of the token page do, is not told', async () => {
  const server = await speckleServer();
  const result = await verifyExpiring(server, undefined);
  expect(result.outputs['status']).toBe('verified');
  expect(result.outputs).not.toHaveProperty('expires-at');
  expect(cardRows(result)).not.toHaveProperty('Token expires');
});

test('so soon that seconds were taken for milliseconds gets a hint', async () => {
  const server = await speckleServer();
  const ninetyDaysInSeconds = 90 * 86_400;
  const result = await verifyExpiring(server, ninetyDaysInSeconds);
  expect(annotations(result, 'Warning')).toEqual([
    `The token expires in less than a day, at ${result.expiresAt}. Its lifespan is 7776000 milliseconds: if seconds were meant, make a new one with a lifespan of 7776000000.`,
  ]);
});

test.each([
  ['a scope that shows only in use is required', { scopes: 'users:email' }, 'missing-scope'],
  ['the scopes are audited', { 'excess-scopes': 'fail' }, 'excess-scope'],
])('is known where %s, also on failure', async (_, inputs, status) => {
  const server = await speckleServer();
  const result = await verifyExpiring(server, 2 * day, inputs);
  expectFailure(result, status);
  expect(result.outputs['expires-at']).toBe(result.expiresAt);
  expect(annotations(result, 'Warning')[0]).toContain('expires in one day');
});

test('is not asked for without need', async () => {
  const server = await speckleServer();
  const result = await verifyExpiring(server, day, {});
  expect(result.outputs['status']).toBe('verified');
  expect(result.outputs).not.toHaveProperty('expires-at');
  expect(JSON.stringify(server.requests[0]?.body)).not.toContain('apiTokens');
});

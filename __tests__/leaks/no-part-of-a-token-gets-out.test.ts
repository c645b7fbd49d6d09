// Whatever a token looks like and whatever a server answers, perhaps with that token in it: eight characters in a row
// of the token are nowhere but where it was promised.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exploration, failureOf, patience } from '../exploration.ts';
import { AnsweringServers } from './answering-servers.ts';
import { inProcess, type InProcess } from './in-process.ts';
import { leaksOf } from './leaks.ts';
import { asRunner, steps, takeStep, type LeakStep, type RunStep } from './steps.ts';
import { expectTyped } from './typed-result.ts';

/** Side by side, since some answers are waited for in vain. */
const lanes: { readonly servers: AnsweringServers; readonly here: InProcess }[] = [];
beforeAll(async () => {
  for (let count = 0; count < 4; count++)
    lanes.push({ servers: await AnsweringServers.start(), here: inProcess() });
});
afterAll(async () => {
  for (const { here } of lanes) here.remove();
  await Promise.all(lanes.map(({ servers }) => servers.close()));
});

async function check(step: LeakStep, servers: AnsweringServers, run: RunStep): Promise<void> {
  const told = await takeStep(step, servers, run);
  expectTyped(told);
  expect(told.outputs['status']).not.toBe('internal-error');
  expect(leaksOf(step, told)).toEqual([]);
}

/** @returns what failed */
async function inLanes(
  count: number,
  { seed, numRuns }: ReturnType<typeof exploration>,
  property: (step: LeakStep, lane: (typeof lanes)[number]) => Promise<void>,
): Promise<string[]> {
  const explored = lanes.slice(0, count).map(async (lane, number) => {
    const cases = fc.asyncProperty(steps, (step) => property(step, lane));
    const runs = Math.ceil(numRuns / count);
    return fc.check(cases, { seed: seed + number, numRuns: runs, endOnFailure: true });
  });
  return (await Promise.all(explored)).flatMap((details) => failureOf(details) ?? []);
}

test('where a server lists a part of the token among its scopes', async () => {
  const [lane] = lanes;
  if (!lane) throw new Error('There is no server.');
  const echo = { form: 'plain', from: 2, less: 0, before: '', after: ':read' } as const;
  const step: LeakStep = {
    token: 'a0b1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e',
    fromEnvironment: false,
    old: '',
    debug: false,
    held: ['profile:read', 'tokens:read'],
    answer: { kind: 'fields', which: { name: 'scopes' }, echo },
    withProject: false,
    inputs: {
      scopes: 'users:read tokens:read',
      'excess-scopes': 'warn',
      'allowed-users': '',
      'export-env': 'true',
      'output-token': 'true',
      'account-file': 'false',
      'verify-certificate': 'true',
    },
  };
  const told = await takeStep(step, lane.servers, lane.here.run);
  expect(leaksOf(step, told)).toEqual([]);
  expect(told.outputs['excess-scopes']).toBe('***:read');
});

const few = exploration(80);
test(
  'in processes of their own',
  async () => {
    const failed = await inLanes(2, few, (step, { servers }) => check(step, servers, asRunner()));
    expect(failed).toEqual([]);
  },
  patience(few),
);

const many = exploration(400);
test(
  'in this process',
  async () => {
    const failed = await inLanes(4, many, (step, { servers, here }) => check(step, servers, here.run));
    expect(failed).toEqual([]);
  },
  patience(many),
);

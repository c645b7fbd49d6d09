import { expect } from '@jest/globals';
import { outputNames } from '../../src/action/outputs.ts';
import { variableNames } from '../../src/action/variables.ts';
import { statusCodes } from '../../src/failure.ts';
import { commandsIn } from './commands.ts';
import type { Told } from './steps.ts';

/** What holds for every run, whatever it was given: a typed result, told once, and nothing exported on a failure. */
export function expectTyped({ exitCode, stdout, stderr, outputs, variables }: Told): void {
  expect(stderr).toBe('');
  const { status = '', message = '', authenticated } = outputs;
  expect(statusCodes).toContain(status);
  expect(message.trim()).not.toBe('');
  expect(outputNames).toEqual(expect.arrayContaining(Object.keys(outputs)));
  const ends = status === 'verified' || status === 'skipped';
  expect({ exitCode, authenticated }).toEqual({
    exitCode: ends ? 0 : 1,
    authenticated: String(status === 'verified'),
  });
  const told = commandsIn(stdout);
  expect(told.filter(({ name }) => name === 'error').map(({ data }) => data)).toEqual(ends ? [] : [message]);
  expect(told.filter(({ name }) => !['add-mask', 'error', 'warning', 'notice'].includes(name))).toEqual([]);
  expect(stdout).not.toMatch(/^\s+at .*[:(]|node:internal/m);
  const names = Object.keys(variables).map((name) => variableNames.find((each) => name.endsWith(each)));
  expect(names).not.toContain(undefined);
  if (status !== 'verified') expect(names).toEqual([]);
}

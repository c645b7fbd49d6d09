// The property that nothing leaks proves itself: it fails on copies of dist that leak.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exploration } from '../exploration.ts';
import { AnsweringServers } from './answering-servers.ts';
import { leaksOf } from './leaks.ts';
import { PlantedAction } from './planted-action.ts';
import { asRunner, steps, takeStep } from './steps.ts';

const token = "(process.env['INPUT_TOKEN'] || process.env['SPECKLE_TOKEN'])";
const file = "process.getBuiltinModule('node:fs').writeFileSync(process.env['RUNNER_TEMP'] + '/debug'";

test.each<[string, string, string, string | undefined]>([
  ['the token but for two characters', 'stdout', `console.log(${token}.slice(2));`, undefined],
  ['the beginning of the token when debugging', 'stderr', `console.error(${token}.slice(0, 9));`, undefined],
  ['the token in a file', 'files', `${file}, Buffer.from(${token}).toString('base64'));`, undefined],
  [
    'the name of the server as it is',
    'stdout',
    'name: (console.log(name), clean.value(name))',
    'name: clean.value(name)',
  ],
])(
  '%s',
  async (_, where, plant, what) => {
    using planted = new PlantedAction(plant, what);
    const servers = await AnsweringServers.start();
    try {
      const property = fc.asyncProperty(steps, async (step) => {
        const told = await takeStep(step, servers, asRunner(planted.folder));
        const leaks = leaksOf(step, told);
        expect(leaks).toEqual([]);
      });
      const { failed, errorInstance } = await fc.check(property, { ...exploration(40), endOnFailure: true });
      expect(failed).toBe(true);
      expect(String(errorInstance)).toContain(`${where} shows`);
    } finally {
      await servers.close();
    }
  },
  120_000,
);

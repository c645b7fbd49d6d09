/**
 * Holds action.yml, the README, the code and what runs of `dist` really read and set to the same names:
 * `node dev/check-names.ts`. action.yml itself, and the version in the code, are checked along with them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inputNames } from '../src/action/inputs.ts';
import { outputNames } from '../src/action/outputs.ts';
import { variableNames } from '../src/action/variables.ts';
import { statusCodes } from '../src/failure.ts';
import { version } from '../src/version.ts';
import { compareNames, differences } from './check-names/compare.ts';
import { readManifest } from './check-names/manifest.ts';
import { namesOfRuns } from './check-names/names-of-runs.ts';

/** More of a description the Marketplace does not take. */
const longestDescription = 124;

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

const manifest = readManifest(read('action.yml'));
const { description, entries } = manifest;
const code = { inputs: inputNames, outputs: outputNames, variables: variableNames, statusCodes };
const stated = JSON.parse(read('package.json')) as { readonly version: string };

const faults = [
  ...entries.filter((file) => !existsSync(resolve(root, file))).map((file) => `There is no ${file}.`),
  ...(description.length > longestDescription ? ['The description in action.yml is too long.'] : []),
  ...(version === stated.version ? [] : [`src/version.ts says ${version}, package.json ${stated.version}.`]),
  ...differences(
    'status code',
    ['docs/troubleshooting.md', headings(read('docs/troubleshooting.md'))],
    ['the code', statusCodes],
  ),
  ...compareNames(manifest, read('README.md'), code, await namesOfRuns()),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log('action.yml, the README, the code and its runs have the same names.');

/** The status codes that a page has headings for. */
function headings(markdown: string): string[] {
  return Array.from(markdown.matchAll(/^## `([a-z-]+)`$/gm), ([, heading = '']) => heading);
}

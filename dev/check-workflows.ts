/** Lints the workflows, and the YAML of the README and docs as workflows: `node dev/check-workflows.ts`. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { readManifest } from './check-names/manifest.ts';
import { brokenHouseRules } from './check-workflows/house-rules.ts';
import { lintWorkflow } from './check-workflows/lint.ts';
import { undeclaredNames } from './check-workflows/own-steps.ts';
import { snippetsIn } from './check-workflows/snippets.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const manifest = readManifest(read('action.yml'));
const declared = { inputs: new Set(manifest.inputs.keys()), outputs: new Set(manifest.outputs) };

const workflows = filesIn('.github/workflows', /\.ya?ml$/);
const snippets = [...filesIn('.', /^README\.md$/), ...filesIn('docs', /\.md$/)].flatMap((file) =>
  snippetsIn(file, read(file)),
);
const texts = [...workflows.map((file) => ({ place: file, workflow: read(file) })), ...snippets];
const faults = [
  ...workflows.flatMap((file) => brokenHouseRules(file, read(file))),
  ...texts.flatMap(({ place, workflow }) => undeclaredNames(place, workflow, declared)),
];
for (const { place, workflow } of texts) faults.push(...(await lintWorkflow(place, workflow)));

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`${workflows.length} workflows and ${snippets.length} snippets are in order.`);

function filesIn(folder: string, names: RegExp): string[] {
  if (!existsSync(resolve(root, folder))) return [];
  return readdirSync(resolve(root, folder))
    .filter((name) => names.test(name))
    .map((name) => posix.join(folder, name));
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { LeftOut } from './derive.ts';
import { snippetsIn } from '../check-workflows/snippets.ts';

const root = resolve(import.meta.dirname, '../..');

/** What is known of a workflow before it runs. */
interface Expectation {
  /** What its later steps print, none of which they can know but from the server. */
  readonly prints?: readonly string[];
  /** What cannot run here; without any job the whole workflow is passed over. */
  readonly leftOut?: LeftOut;
  readonly reason?: string;
}

export interface Case {
  readonly name: string;
  readonly workflow: string;
  readonly prints: readonly string[];
  readonly leftOut: LeftOut;
  readonly reason: string | undefined;
  /** Whether any job is left to run. */
  readonly runs: boolean;
  /** Whether it is run with an expired token too. */
  readonly canFail: boolean;
}

const container = 'it takes a container engine and an image, and act runs here without either';
const hosted = 'it is about the repository on GitHub, and asks or changes it there';
const powershell = 'it takes PowerShell, which is not to be had here';
const dotnet = 'it takes packages of .NET, which are not to be had here';

/** Workflows of this repository. What is not named here is refused, so that nothing is passed over by accident. */
const workflows: Readonly<Record<string, Expectation | undefined>> = {
  'self-test.yml': {
    prints: ['1 accounts, of which Ada Engineer', '2 accounts, of which Ada Engineer', 'all of it is gone'],
    leftOut: { jobs: ['container', 'dotnet', 'all'] },
    reason: `${container}; ${dotnet}; all needs both`,
  },
  'ci.yml': { leftOut: { jobs: ['everything'] }, reason: 'its one step is .ci/run, of which this is a part' },
  'codeql.yml': { leftOut: { jobs: ['analyze'] }, reason: hosted },
  'dependency-review.yml': { leftOut: { jobs: ['review'] }, reason: hosted },
  'scorecard.yml': { leftOut: { jobs: ['scorecard'] }, reason: hosted },
  'release.yml': { leftOut: { jobs: ['check', 'draft', 'publish'] }, reason: hosted },
  'nightly.yml': {
    prints: ['50 recorded exchanges were had again'],
    leftOut: { containers: true },
    reason: container,
  },
};

/** Workflows of the README and the docs, by the heading above them. */
const documented: Readonly<Record<string, Expectation | undefined>> = {
  'Speckle Auth': { prints: ['Footbridge'] },
  'A report with specklepy': { prints: ['Footbridge, read by Ada Engineer'] },
  Node: { prints: ['Ada Engineer', 'Footbridge'] },
  curl: { prints: ['Ada Engineer'] },
  'The tests of an Automate function': { prints: ['Ada Engineer in Footbridge', '3 passed'] },
  'Two servers in one job': { prints: ['Ada Engineer', 'Grace Architect'] },
  'A matrix': {
    prints: ['Ada Engineer checks the model a1b2c3d4e5', 'Ada Engineer checks the model f0e1d2c3b4'],
  },
  'Values for other jobs': { prints: ['Ada Engineer publishes'] },
  'Pull requests from forks': { prints: ['Authenticated as Ada Engineer'] },
  'Least privilege': { prints: ['Ada Engineer publishes'] },
  'Go on when it fails': { prints: ['Authenticated as Ada Engineer'] },
  'Called by other workflows': { prints: ['Called with the token of Ada Engineer'] },
  'Called by other workflows (2)': {
    leftOut: { jobs: ['report'] },
    reason: 'it calls a file of another repository',
  },
  'A private certificate authority': { prints: ['Ada Engineer'] },
  PowerShell: { leftOut: { jobs: ['report'] }, reason: powershell },
  'A server that is started in the job': { prints: ['Authenticated as Ada Engineer'] },
  'A server without https': { prints: ['Grace Architect'] },
  'Code that calls load_dotenv': { prints: ['Ada Engineer'] },
  'An account for the SDKs': { prints: ['Ada Engineer'] },
  '.NET': { leftOut: { jobs: ['dotnet'] }, reason: dotnet },
  'Steps in a container': { leftOut: { jobs: ['container'] }, reason: container },
};

export function workflowCases(): Case[] {
  const folder = join(root, '.github/workflows');
  return readdirSync(folder).map((name) =>
    toCase(name, readFileSync(join(folder, name), 'utf8'), workflows[name], false),
  );
}

export function documentedCases(): Case[] {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const snippets = ['README.md', ...docs.map((name) => `docs/${name}`)]
    .flatMap((file) => snippetsIn(file, readFileSync(join(root, file), 'utf8')))
    .filter(({ workflow }) => workflow.includes('uses: '));
  const seen = new Map<string, number>();
  return snippets.map(({ heading, workflow }) => {
    const count = (seen.get(heading) ?? 0) + 1;
    seen.set(heading, count);
    const name = count === 1 ? heading : `${heading} (${count})`;
    return toCase(name, workflow, documented[name], true);
  });
}

function toCase(
  name: string,
  workflow: string,
  expectation: Expectation | undefined,
  canFail: boolean,
): Case {
  if (!expectation)
    throw new Error(`Say in dev/act/cases.ts what the workflow “${name}” does, or why it cannot run.`);
  const { prints = [], leftOut = {}, reason } = expectation;
  const { jobs } = parse(workflow) as { jobs: object };
  const runs = Object.keys(jobs).some((job) => !leftOut.jobs?.includes(job));
  return { name, workflow, prints, leftOut, reason, runs, canFail };
}

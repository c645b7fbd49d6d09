/**
 * Shows the action at work: the built `dist` against an embedded Speckle-compatible server, started as the runner
 * would; then a later step that knows only what was exported, and two failures that a new user meets.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLaterStep } from './clients/later-step.ts';
import { runAction, type Step, type StepResult } from './runner/run-action.ts';
import { createDemo } from './speckle-server/demo-world.ts';
import { startSpeckleServer } from './speckle-server/server.ts';

const demo = createDemo();
const server = await startSpeckleServer({ world: demo.world });
try {
  const project = `${server.url}/projects/${demo.projects.own}`;
  const verified = await show('A token that holds what the job needs', {
    with: { token: demo.tokens.full, scopes: 'write', project, permission: 'write' },
  });
  print('The outputs', list(verified.outputs));
  print('The environment of later steps', list({ ...verified.variables, SPECKLE_TOKEN: '***' }));
  print('The card of the job summary', verified.summary.trim());
  print('A later step, which sees only that environment', await laterStep(verified.variables));
  expect(verified, 'verified', 0);

  const read = { server: server.url, scopes: 'write' };
  expect(
    await show('A token without a scope', { with: { ...read, token: demo.tokens.read } }),
    'missing-scope',
    1,
  );
  expect(
    await show('A token that has expired', { with: { ...read, token: demo.tokens.expired } }),
    'invalid-token',
    1,
  );
  print('Requests of the three runs and the later step', String(server.requests.length));
} finally {
  await server.close();
}

async function show(title: string, step: Step): Promise<StepResult> {
  const result = await runAction(step);
  print(title, `${result.log.trim()}${result.stderr}`);
  return result;
}

async function laterStep(variables: Readonly<Record<string, string>>): Promise<string> {
  const script = join(import.meta.dirname, 'clients/fetch.ts');
  const { output } = await runLaterStep([process.execPath, script], tmpdir(), variables);
  if (!output.includes('Footbridge')) throw new Error(`The later step did not read its project: ${output}`);
  return output;
}

function list(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name.padEnd(20)} ${value}`)
    .join('\n');
}

function print(title: string, text: string): void {
  process.stdout.write(`\n── ${title}\n${text.replace(/^/gm, '   ')}\n`);
}

/** Makes the demo fail where the action did something else than it shows off. */
function expect(result: StepResult, status: string, exitCode: number): void {
  if (result.outputs['status'] === status && result.exitCode === exitCode) return;
  throw new Error(
    `The run ended as ${result.outputs['status']} (exit status ${result.exitCode}), not as ${status}.`,
  );
}

import { afterEach, expect } from '@jest/globals';
import { runAction, type Step, type StepResult } from '../../dev/runner/run-action.ts';
import { startSpeckleServer, type Settings, type SpeckleServer } from '../../dev/speckle-server/server.ts';

const servers: SpeckleServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** An embedded server that ends with the test. */
export async function speckleServer(settings: Settings = {}): Promise<SpeckleServer> {
  const server = await startSpeckleServer(settings);
  servers.push(server);
  return server;
}

/** Runs the built action against a server with a token of these scopes. */
export async function authenticate(
  server: SpeckleServer,
  scopes: string,
  inputs: Readonly<Record<string, string>> = {},
  step: Omit<Step, 'with'> = {},
): Promise<StepResult & { token: string }> {
  const token = server.world.addToken({ scopes: scopes.split(' ') });
  const result = await runAction({ ...step, with: { server: server.url, token, ...inputs } });
  return { ...result, token };
}

/** What holds for every failure: nothing is exported, and annotation, output and card say the same. */
export function expectFailure(result: StepResult, status: string): string {
  const message = result.outputs['message'] ?? '';
  expect(result.stderr).toBe('');
  expect(result.outputs).toMatchObject({ authenticated: 'false', status });
  expect(result.variables).toEqual({});
  expect(result.exitCode).toBe(1);
  expect(result.stdout).toContain(`::error title=Speckle::${message.replace(/%/g, '%25')}`);
  expect(result.summary).toContain(`Speckle: ${status}`);
  return message;
}

/** What holds for every success: later steps are authenticated with this token. */
export function expectVerified(result: StepResult & { token: string }): string {
  const { message = '', status } = result.outputs;
  expect({ status, message, stderr: result.stderr }).toEqual({ status: 'verified', message, stderr: '' });
  expect(result.outputs['authenticated']).toBe('true');
  expect(result.variables['SPECKLE_TOKEN']).toBe(result.token);
  expect(result.exitCode).toBe(0);
  expect(result.summary).toContain('Speckle: verified');
  return message;
}

/** The annotations of a kind, as GitHub shows them. */
export function annotations({ log }: StepResult, kind: 'Warning' | 'Notice'): string[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith(`${kind}: `))
    .map((line) => line.slice(kind.length + 2));
}

/** The rows of the card, without their HTML. */
export function cardRows({ summary }: StepResult): Record<string, string> {
  const rows = summary.matchAll(/<tr><th[^>]*>(.*?)<\/th><td>(.*?)<\/td><\/tr>/g);
  return Object.fromEntries(
    Array.from(rows, ([, name = '', cell = '']) => [name, cell.replace(/<[^>]+>/g, '')]),
  );
}

/** The log without its masks: what a reader of a public log sees before the runner replaces anything. */
export function unmasked(result: StepResult): string {
  return result.stdout.replace(/^::add-mask::.*$/gm, '');
}

/** The operations of each request that arrived at GraphQL. */
export function operations(server: SpeckleServer): number[] {
  return server.requests.map((request) => request.operations);
}

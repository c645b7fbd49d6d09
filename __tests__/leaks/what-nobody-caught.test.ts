// What nobody caught ends in a typed failure too: told once, without a stack trace, and nothing is exported.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runAction, type Step, type StepResult } from '../../dev/runner/run-action.ts';
import { startSpeckleServer, type SpeckleServer } from '../../dev/speckle-server/server.ts';
import { PlantedAction } from './planted-action.ts';
import { shownTexts } from './steps.ts';
import { expectTyped } from './typed-result.ts';

let server: SpeckleServer;
beforeAll(async () => {
  server = await startSpeckleServer({ rateLimit: false });
});
afterAll(() => server.close());

async function authenticate(step: Step = {}): Promise<StepResult & { token: string }> {
  const token = server.world.addToken({ scopes: ['profile:read'] });
  const result = await runAction({ ...step, with: { server: server.url, token, ...step.with } });
  return { ...result, token };
}

/** @returns what is told */
function expectInternalError(result: StepResult & { token: string }): string | undefined {
  expectTyped(result);
  expect(result.outputs['status']).toBe('internal-error');
  expect(JSON.stringify(shownTexts(result))).not.toContain(result.token.slice(0, 8));
  return result.outputs['message'];
}

/** Does something while the server is waited for, once somebody would catch it. */
function meanwhile(action: string): Step {
  const preload = `const wait = setInterval(() => {
    if (process.listenerCount('uncaughtException') === 0) return;
    clearInterval(wait);
    const token = process.env['INPUT_TOKEN'];
    setTimeout(() => { ${action} }, 200);
  }, 5);`;
  return { env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` } };
}

test.each([
  ['an exception', 'throw new Error("with " + token);'],
  ['a rejection', 'Promise.reject(new TypeError(token));'],
  [
    'several, one after the other',
    'setTimeout(() => { throw new Error(token); }); Promise.reject(token); throw token;',
  ],
  ['an exception that is no error', 'throw null;'],
  ['an error whose name is a token', 'throw Object.assign(new Error("x"), { name: token });'],
  [
    'an error that cannot be looked at',
    'throw new Proxy(new Error("x"), { get() { throw token; }, getPrototypeOf() { throw token; } });',
  ],
])('%s', async (_, action) => {
  server.faults.push({ stall: true });
  const result = await authenticate(meanwhile(action));
  server.faults.clear();
  expect(expectInternalError(result)).toContain('The action itself failed');
});

test('an exception, and then the server answers after all', async () => {
  server.faults.push({ delay: 400 });
  const slow = 'setInterval(() => {}, 1000); throw new Error("x");';
  const result = await authenticate(meanwhile(slow));
  expect(expectInternalError(result)).toContain('The action itself failed');
});

test.each([
  ['reading the inputs', 'function readInputs(texts, environment, readFile) {'],
  ['judging', 'function judge(context, answered, now) {'],
  ['telling the outputs', 'function outputsOf(outcome) {'],
])('a fault in %s', async (_, what) => {
  using planted = new PlantedAction(`${what} throw new RangeError(process.env['INPUT_TOKEN']);`, what);
  const result = await authenticate({ action: planted.folder });
  expect(expectInternalError(result)).toContain('(RangeError)');
});

test('nothing that could still happen', async () => {
  const what = 'async function verify(requirements, { transport, clean, now }) {';
  using planted = new PlantedAction(`${what} await new Promise(() => {});`, what);
  const result = await authenticate({ action: planted.folder });
  expect(expectInternalError(result)).toContain('The action itself failed');
});

test('a variable that cannot be exported takes the others with it', async () => {
  const what = 'function exportVariable(name, val) {';
  const plant = `${what} if (name === 'SPECKLE_SERVER_URL') throw new Error(val);`;
  using planted = new PlantedAction(plant, what);
  const result = await authenticate({ action: planted.folder });
  expect(expectInternalError(result)).toContain('The action itself failed');
});

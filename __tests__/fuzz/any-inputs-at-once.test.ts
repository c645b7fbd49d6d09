// Whatever the inputs hold, all at once: a typed result, told once, and nothing exported on a failure.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startProxy, type Proxy } from '../../dev/proxy.ts';
import { startSpeckleServer, type SpeckleServer } from '../../dev/speckle-server/server.ts';
import { exploration, failureOf, patience } from '../exploration.ts';
import { knownScopes } from '../../src/speckle/scopes.ts';
import { inProcess } from '../leaks/in-process.ts';
import { asRunner, type RunStep } from '../leaks/steps.ts';
import { expectTyped } from '../leaks/typed-result.ts';
import { inputsOf, valueOf, type Rates } from './values.ts';

const here = inProcess();
let server: SpeckleServer;
/** What is an address after all is not asked: nothing here may depend on a network. */
let refusing: Proxy;
beforeAll(async () => {
  server = await startSpeckleServer({ rateLimit: false });
  refusing = await startProxy({ refuses: 403 });
});
afterAll(async () => {
  here.remove();
  await server.close();
  await refusing.close();
});

function steps(rates: Rates) {
  const user = server.world.addUser();
  const project = server.world.addProject({ roles: [[user, 'stream:owner']] }).id;
  const token = server.world.addToken({ user, scopes: knownScopes });
  const servers = [server.url, server.url, `${server.url}/`, `${server.url}/projects/${project}`];
  const given = {
    token: [token, token, token, '', 'f3'.repeat(21)],
    server: servers,
    project: [project, `${server.url}/projects/${project}/models/a1b2c3d4e5`],
    'allowed-users': [user.id, `${user.email}, a097e60aae`, 'somebody@example.com'],
  };
  const text = fc.option(valueOf('server', [...servers, token], rates), { nil: undefined });
  return fc.record({
    inputs: inputsOf(given, rates),
    variables: fc.record({
      SPECKLE_TOKEN: text,
      SPECKLE_SERVER: text,
      SPECKLE_SERVER_URL: text,
      SOURCE_SPECKLE_TOKEN: text,
      RUNNER_DEBUG: fc.constantFrom('1', undefined),
    }),
  });
}

type Step = ReturnType<typeof steps> extends fc.Arbitrary<infer T> ? T : never;

/** Addresses of this machine itself are reached without the proxy: no server but ours is asked. */
function asksOthers({ inputs, variables }: Step): boolean {
  return [...Object.values(inputs), ...Object.values(variables)].some((value) =>
    /localhost|127\.|\[/i.test((value ?? '').replaceAll(server.url, '')),
  );
}

function environmentOf({ variables }: Step): Record<string, string> {
  const all = { ...variables, HTTPS_PROXY: refusing.url, HTTP_PROXY: refusing.url };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

async function explore(
  rates: Rates,
  settings: ReturnType<typeof exploration>,
  run: RunStep,
): Promise<string | undefined> {
  const property = fc.asyncProperty(steps(rates), async (step) => {
    fc.pre(!asksOthers(step));
    const told = await run(step.inputs, environmentOf(step));
    expectTyped(told);
    expect(told.outputs['status']).not.toBe('internal-error');
    expect(told.outputs['message']?.length).toBeLessThanOrEqual(4000);
  });
  const details = await fc.check(property, { ...settings, endOnFailure: true });
  return failureOf(details);
}

const few = exploration(60);
test(
  'in processes of their own, some odd ones',
  async () => {
    expect(await explore({ odd: 4, huge: 1 }, few, asRunner())).toBeUndefined();
  },
  patience(few),
);

const many = exploration(100);
test(
  'in this process, some odd ones',
  async () => {
    expect(await explore({ odd: 8, huge: 0 }, many, here.run)).toBeUndefined();
  },
  patience(many),
);

test(
  'in this process, most of them odd',
  async () => {
    expect(await explore({ odd: 72, huge: 5 }, many, here.run)).toBeUndefined();
  },
  patience(many),
);

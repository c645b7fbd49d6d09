// What the SDKs ask beyond the recordings: files of a project, and a run for the tests of an Automate function.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createDemo } from '../../dev/speckle-server/demo-world.ts';
import { type SpeckleServer, startSpeckleServer } from '../../dev/speckle-server/server.ts';
import { ask } from './ask.ts';

const demo = createDemo();
let server: SpeckleServer;

beforeEach(async () => {
  server = await startSpeckleServer({ world: demo.world, modules: { automate: true } });
});
afterEach(() => server.close());

const download = (file: string, token: string): Promise<Response> =>
  fetch(`${server.url}/api/stream/${demo.projects.own}/blob/${file}`, {
    headers: { authorization: `Bearer ${token}` },
  });

test('a file is read by whoever may read the project', async () => {
  expect(await (await download(demo.file, demo.tokens.read)).text()).toBe('A file of the footbridge.\n');
  expect((await download('elsewhere0', demo.tokens.read)).status).toBe(404);
});

test('a token that may not read the project is refused with 403, not 401 as for objects', async () => {
  expect((await download(demo.file, demo.tokens.profileOnly)).status).toBe(403);
});

const testRun = (project: string, automation: string): string =>
  `mutation { projectMutations { automationMutations(projectId: "${project}") {
    createTestAutomationRun(automationId: "${automation}") { triggers { payload { modelId } triggerType } }
  } } }`;

test('a test run names the model that its automation watches', async () => {
  const { json } = await ask(server, testRun(demo.projects.own, demo.automation), demo.tokens.full);
  const triggers = [{ payload: { modelId: demo.model }, triggerType: 'versionCreation' }];
  expect(json).toEqual({
    data: { projectMutations: { automationMutations: { createTestAutomationRun: { triggers } } } },
  });
});

test.each([
  ['whose automation does not exist', demo.projects.own, 'elsewhere0', 'TRIGGER_AUTOMATION_ERROR'],
  ['in a project that one may only read', demo.projects.shared, demo.automation, 'FORBIDDEN'],
])('a test run %s is refused', async (_, project, automation, code) => {
  const { json } = await ask(server, testRun(project, automation), demo.tokens.full);
  expect(json).toMatchObject({ errors: [{ extensions: { code } }] });
});

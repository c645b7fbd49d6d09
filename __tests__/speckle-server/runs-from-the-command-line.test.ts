// The embedded server in the background of a job: one line of JSON, and an end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Demo } from '../../dev/speckle-server/demo-world.ts';

type Told = Omit<Demo, 'world'> & { url: string };

const cli = fileURLToPath(new URL('../../dev/speckle-server/cli.ts', import.meta.url));

test('it tells its address and tokens, answers, and ends when it is told to', async () => {
  const server = spawn(process.execPath, [cli, '--for', '60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  const [line] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string];
  const { url, user, projects, tokens } = JSON.parse(line) as Told;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.full}` },
    body: JSON.stringify({
      query: `{ activeUser { id name } project(id: "${projects.own}") { name } }`,
    }),
  });
  const { id, name } = user;
  expect(await response.json()).toEqual({
    data: { activeUser: { id, name }, project: { name: 'Footbridge' } },
  });
  server.kill();
  const [code] = (await ended) as [number | null];
  // Windows has no signals: there the process just ends.
  expect(process.platform === 'win32' ? 0 : code).toBe(0);
});

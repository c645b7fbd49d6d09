import { expect, test } from '@jest/globals';
import { authenticate, speckleServer, unmasked } from './scenario.ts';

const nasty = [
  "Bobby\"; DROP 'x'",
  '\n::error::injected\r\n##[error]injected',
  '\nghadelimiter_x\nEVIL=1',
  '<img src=x onerror=alert(1)>',
  '[link](https://evil.example.com) ![image](https://evil.example.com/x.png) | `code` **bold**',
  '\u001b[31mred\u202Eesrever\u0000',
].join(' ');

test('they break neither the log, nor an output, nor a variable, nor the summary', async () => {
  const server = await speckleServer();
  server.world.server.name = nasty;
  server.world.server.version = nasty;
  const user = server.world.addUser({ name: nasty });
  const project = server.world.addProject({ name: nasty });
  const result = await authenticate(server, 'profile:read streams:read', { project: project.id });
  expect(result).toMatchObject({
    exitCode: 0,
    stderr: '',
    outputs: { status: 'verified', 'user-id': user.id },
  });
  const plain = nasty.replace(/[\p{Cc}\u202E]/gu, ' ');
  expect(result.outputs).toMatchObject({ 'user-name': plain, 'server-name': plain, 'project-name': plain });
  expect(Object.keys(result.variables).toSorted()).toEqual([
    'SPECKLE_PROJECT_ID',
    'SPECKLE_SERVER',
    'SPECKLE_SERVER_URL',
    'SPECKLE_TOKEN',
  ]);
  expect(result.stdout).not.toMatch(/^\s*::error/m);
  expect(result.stdout).not.toContain('##[');
  expect(result.stdout).not.toContain('\u001b');
  for (const part of ['<img', '](', '![', '**bold', '`code', '\u001b', '://evil', '\n::'])
    expect(result.summary).not.toContain(part);
});

test('a token that the server echoes is hidden, whole or in parts', async () => {
  const server = await speckleServer();
  const echo = (part: (token: string) => string) =>
    server.faults.push({
      rewrite: (answer, request) => {
        const token = String(request.headers.authorization).slice('Bearer '.length);
        return { ...answer, body: String(answer.body).replaceAll('Ada Engineer', part(token)) };
      },
    });
  for (const part of [
    (token: string) => token,
    (token: string) => token.toUpperCase(),
    (token: string) => `x${token.slice(3, 20)}x`,
    (token: string) => Buffer.from(token).toString('base64'),
  ]) {
    echo(part);
    const result = await authenticate(server, 'profile:read');
    const shown = (unmasked(result) + JSON.stringify(result.outputs) + result.summary).toLowerCase();
    expect(result.outputs['status']).toBe('verified');
    expect(shown).toContain('***');
    for (let at = 0; at + 8 <= 42; at++) expect(shown).not.toContain(result.token.slice(at, at + 8));
    expect(shown).not.toContain(Buffer.from(result.token).toString('base64').slice(4, 24).toLowerCase());
  }
});

/**
 * Lets real clients use what the built action exported: specklepy, Node's fetch, graphql-request and curl, against the
 * embedded server by http, and by https with a private authority. Each is a later step that knows its variables alone.
 * It needs Python 3.11 or newer, bash and curl; one that is missing is a failure.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificate } from './certificates.ts';
import { type Command, runLaterStep } from './clients/later-step.ts';
import { clientsPython } from './clients/python.ts';
import { runAction } from './runner/run-action.ts';
import { createDemo, type Demo } from './speckle-server/demo-world.ts';
import { type Settings, type SpeckleServer, startSpeckleServer } from './speckle-server/server.ts';

interface Client {
  readonly name: string;
  readonly command: Command;
  /** Its job has the account, which overrides a token. */
  readonly account?: boolean;
}

interface Place {
  readonly demo: Demo;
  readonly server: SpeckleServer;
  /** A private authority that vouches for the server, in PEM. */
  readonly authority: string | undefined;
}

const here = (name: string): string => join(import.meta.dirname, 'clients', name);
// specklepy calls its object transport deprecated since 2026.9, many lines for every object.
const python = [await clientsPython(), '-W', 'ignore::DeprecationWarning'] as const;
const pytest = [...python, '-m', 'pytest', '-q', '-s', '-p', 'no:cacheprovider', '--rootdir', '.'] as const;
const clients: readonly Client[] = [
  { name: 'specklepy with the token', command: [...python, here('specklepy_token.py')] },
  { name: 'specklepy with the account', command: [...python, here('specklepy_account.py')], account: true },
  { name: 'Automate fixtures of specklepy', command: [...pytest, here('test_automate_fixtures.py')] },
  { name: 'fetch', command: [process.execPath, here('fetch.ts')] },
  { name: 'graphql-request', command: [process.execPath, here('graphql-request.ts')] },
  { name: 'curl', command: ['bash', here('curl.sh')] },
];

await printVersions();
await useAll({});
const authority = createCertificate({ subject: 'Private authority', authority: true });
const { key, certificate } = createCertificate({ names: ['localhost'], issuer: authority });
await useAll({ tls: { key, cert: certificate } }, authority.certificate);

async function useAll(settings: Settings, trusted?: string): Promise<void> {
  const demo = createDemo();
  await using server = await startSpeckleServer({
    ...settings,
    world: demo.world,
    modules: { automate: true },
  });
  let requests = 0;
  for (const client of clients)
    requests += await inFolder((folder) => use(client, { demo, server, authority: trusted }, folder));
  console.log(`${clients.length} clients at ${server.url} with ${requests} requests, all authenticated.`);
}

/**
 * A job of three steps: the action, the client, and the post step at the end.
 * @returns how many requests the client made
 */
async function use(
  { name: who, command, account = false }: Client,
  place: Place,
  folder: string,
): Promise<number> {
  const { demo, server, authority: trusted = '' } = place;
  const url = server.url.replace('127.0.0.1', 'localhost');
  const step = await runAction({
    runnerTemp: folder,
    with: {
      token: demo.tokens.full,
      server: `${url}/projects/${demo.projects.own}/automations/${demo.automation}`,
      scopes: 'write',
      'account-file': String(account),
      'ca-certificate': trusted,
    },
  });
  if (step.outputs['status'] !== 'verified') throw new Error(`The action did not verify: ${step.log}`);
  const variables = { ...step.variables, FILE_ID: demo.file };

  if (trusted) {
    const { succeeded } = await runLaterStep(command, folder, without(variables, /_CA_|CERT/));
    if (succeeded) throw new Error(`${who} does not need the exported variables for the authority.`);
  }

  const before = server.requests.length;
  const { succeeded, output } = await runLaterStep(command, folder, variables);
  const made = server.requests.slice(before);
  const shown = output.replaceAll(demo.tokens.full, '***').replace(/^/gm, '   ');
  console.log(`${who}: ${made.length} requests to ${url}\n${shown}`);
  // Nothing but the server could tell it these names.
  const isAuthenticated = [demo.user.name, 'Footbridge'].every((text) => output.includes(text));
  if (!succeeded || !isAuthenticated || made.some(({ status = 0 }) => status >= 400))
    throw new Error(`${who} was not authenticated, or not with every request.`);

  const state = Object.entries(step.state).map(([name, value]) => [`STATE_${name}`, value] as const);
  const post = await runAction({ runnerTemp: folder, entry: 'post', env: Object.fromEntries<string>(state) });
  const left = readdirSync(folder).filter((entry) => entry.startsWith('speckle-auth-'));
  if (post.exitCode !== 0 || left.length > 0)
    throw new Error(`The post step left the account behind: ${post.log}`);
  return made.length;
}

/** With a folder of the runner, which is also the home of the step. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'speckle-clients-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function printVersions(): Promise<void> {
  const specklepy = 'from importlib.metadata import version; print("specklepy", version("specklepy"))';
  const commands: readonly Command[] = [
    [...python, '--version'],
    [...python, '-c', specklepy],
    [...python, '-m', 'pytest', '--version'],
    ['curl', '--version'],
  ];
  console.log(`Node ${process.version}`);
  for (const command of commands) {
    const { succeeded, output } = await runLaterStep(command, tmpdir(), {});
    if (!succeeded) throw new Error(`${command.join(' ')} failed: ${output}`);
    console.log(/^\S+ \S+/.exec(output)?.[0]);
  }
}

function without(variables: Readonly<Record<string, string>>, names: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.test(name)));
}

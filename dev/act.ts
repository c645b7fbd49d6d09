/**
 * Runs the workflows of this repository, the README and the docs under act, the workflow engine, on this machine and
 * against embedded servers: `node dev/act.ts [NAME]`. What is run is what is committed. Each documented workflow runs
 * twice: with a good token, and with one that has expired, which must end its job before any later step.
 * It needs Go, git, and what dev/clients.ts needs.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Case, documentedCases, workflowCases } from './act/cases.ts';
import { derive } from './act/derive.ts';
import { installAct } from './act/install.ts';
import { faultsOf, type TokenKind, tokenKinds } from './act/judge.ts';
import { withLocalServer } from './act/local-server.ts';
import { type Engine, runWorkflow } from './act/run.ts';
import { createWorkspace } from './act/workspace.ts';
import { createCertificate } from './certificates.ts';
import { clientsPython } from './clients/python.ts';
import { createDemo } from './speckle-server/demo-world.ts';
import { startSpeckleServer } from './speckle-server/server.ts';

const only = process.argv[2] ?? '';
const cases = [...workflowCases(), ...documentedCases()].filter(({ name }) => name.includes(only));
if (cases.length === 0) throw new Error(`No workflow is named “${only}”.`);

const folder = mkdtempSync(join(tmpdir(), 'speckle-act-'));
const authority = createCertificate({ subject: 'Private authority', authority: true });
const { key, certificate: cert } = createCertificate({ issuer: authority });
const [ours, theirs] = [createDemo(), createDemo({ name: 'Grace Architect', email: 'grace@example.com' })];
const tokens = [ours, theirs].flatMap((demo) => Object.values<string>({ ...demo.tokens }));
await using server = await startSpeckleServer({
  world: ours.world,
  modules: { automate: true },
  tls: { key, cert },
});
await using other = await startSpeckleServer({ world: theirs.world });
/** Nobody has registered there. */
await using fresh = await startSpeckleServer();
const project = `${server.url}/projects/${ours.projects.own}`;

try {
  const act = await installAct();
  const python = await clientsPython();
  console.log(execFileSync(act, ['--version'], { encoding: 'utf8' }).trim());
  const path = [dirname(process.execPath), dirname(python)];
  const engine = { act, folder, path, workspace: createWorkspace(folder) };
  let runs = 0;
  for (const one of cases) {
    if (one.reason) console.log(`${one.name}: ${leftOutIn(one)} not run here: ${one.reason}.`);
    if (!one.runs) continue;
    const begun = Date.now();
    for (const kind of one.canFail ? tokenKinds : tokenKinds.slice(0, 1)) {
      await hold(one, kind, engine);
      runs++;
    }
    console.log(`${one.name}: as expected (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  }
  console.log(`${runs} runs of ${cases.length} workflows, all as expected.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs a workflow with a token of a kind, and throws with its whole log unless it does what it should. */
async function hold(one: Case, kind: TokenKind, engine: Engine): Promise<void> {
  const ran = await withLocalServer(folder, (port, pidFile) => {
    const texts = {
      // The longest first.
      'https://speckle.example.com/projects/a1b2c3d4e5/automations/0a1b2c3d4e': `${project}/automations/${ours.automation}`,
      'https://speckle.example.com/projects/a1b2c3d4e5': project,
      'https://speckle.example.com': server.url,
      'http://other.example.com': other.url,
      'localhost:3000': `localhost:${port}`,
      'http://127.0.0.1:3000': fresh.url,
    };
    const job = {
      workflow: derive(one.workflow, texts, one.leftOut),
      secrets: { SPECKLE_TOKEN: ours.tokens[kind], OTHER_SPECKLE_TOKEN: theirs.tokens[kind] },
      vars: { COMPANY_AUTHORITY: Buffer.from(authority.certificate).toString('base64') },
      env: { ...trust(), LOCAL_PORT: port, LOCAL_SERVER: pidFile, TOKEN_KIND: kind },
    };
    return runWorkflow(job, engine);
  });
  const faults = faultsOf(one, kind, ran, tokens);
  if (faults.length > 0)
    throw new Error(`${ran.output}\n${one.name} with the token “${kind}”: ${faults.join('; ')}.`);
}

function leftOutIn({ leftOut }: Case): string {
  return [...(leftOut.jobs ?? []), ...(leftOut.containers ? ['containers'] : [])].join(', ');
}

/** This machine trusts the authority, as every machine does one of the public ones. */
function trust(): Record<string, string> {
  const file = join(folder, 'authority.pem');
  writeFileSync(file, authority.certificate);
  const names = ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE'];
  return Object.fromEntries(names.map((name) => [name, file]));
}

// What ca-certificate leaves for later steps: bundles for curl, Node and Python, beside what they trusted before.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createCertificate, type Certificate } from '../../dev/certificates.ts';
import { runLaterStep, type Command } from '../../dev/clients/later-step.ts';
import type { SpeckleServer } from '../../dev/speckle-server/server.ts';
import { Job, temporaryFolder } from './job.ts';
import { speckleServer } from './scenario.ts';

const privateOne = createCertificate({ subject: 'Private authority', authority: true });
const earlier = createCertificate({ subject: 'Authority of an earlier step', authority: true });

const names = ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'] as const;

const urllib = 'import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())';
/** As requests does, which reads the variable itself and gives it to the same ssl. */
const likeRequests = `import os, sys, ssl, urllib.request as r
trust = ssl.create_default_context(cafile=os.environ.get("REQUESTS_CA_BUNDLE", "/dev/null"))
print(r.urlopen(sys.argv[1], context=trust).read().decode())`;

/** Programs that print what an address answers, each with the variable that it reads. */
const programs: readonly (readonly [name: string, command: Command])[] = [
  ['curl', ['curl', '--fail', '--silent', '--show-error']],
  ['Node', [process.execPath, '--eval', 'console.log(await (await fetch(process.argv[1])).text())']],
  ['Python’s urllib', ['python3', '-c', urllib]],
  ['Python’s ssl with the file for requests', ['python3', '-c', likeRequests]],
];

/** An https server with a certificate of this authority, and a token there. */
async function serverOf(authority: Certificate): Promise<SpeckleServer & { token: string }> {
  const { certificate: cert, key } = createCertificate({ issuer: authority });
  const server = await speckleServer({ tls: { cert, key } });
  return Object.assign(server, { token: server.world.addToken({ scopes: ['profile:read'] }) });
}

/** A step that verifies at a server with its private authority. */
function inputsOf({ url, token }: SpeckleServer & { token: string }, authority: Certificate) {
  return { server: url, token, 'ca-certificate': authority.certificate };
}

/** The three variables, naming files with this text. */
function naming(text: string): Record<string, string> {
  const folder = temporaryFolder();
  return Object.fromEntries(
    names.map((name) => {
      const file = join(folder, `${name}.pem`);
      writeFileSync(file, text);
      return [name, file];
    }),
  );
}

/** The variables for authorities that a step exported. */
function exported(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.some((one) => one === name)));
}

function certificatesIn(file: string | undefined): string[] {
  return readFileSync(file ?? '', 'utf8').match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? [];
}

/** Every store of a system, and Node’s own, holds more. */
const manyAuthorities = 50;

const trimmed = ({ certificate }: Certificate): string => certificate.trim();

const isThere = ([, [program]]: (typeof programs)[number]): boolean =>
  spawnSync(program, ['--version']).status === 0;
for (const [name] of programs.filter((program) => !isThere(program)))
  console.warn(`${name} is not on this machine, so it is not tried.`);

describe.each(programs.filter(isThere))('%s', (_, command) => {
  test('reaches the server, and that of an authority that the variables named before', async () => {
    const [here, there] = await Promise.all([serverOf(privateOne), serverOf(earlier)]);
    const job = new Job();
    const before = naming(earlier.certificate);
    const { outputs, variables } = await job.step(inputsOf(here, privateOne), { env: before });
    expect(outputs['status']).toBe('verified');

    const reaches = async (url: string, environment: Readonly<Record<string, string>>): Promise<boolean> => {
      const later = await runLaterStep([...command, `${url}/liveness`], job.runnerTemp, environment);
      return later.succeeded && later.output.includes('"status":"ok"');
    };
    const reached = await Promise.all([
      reaches(here.url, {}),
      reaches(here.url, before),
      reaches(there.url, before),
      reaches(here.url, exported(variables)),
      reaches(there.url, exported(variables)),
    ]);
    expect(reached).toEqual([false, false, true, true, true]);
  });
});

test('the bundles hold the system’s authorities, what the variables named, and the private one', async () => {
  const server = await serverOf(privateOne);
  const job = new Job();
  const { variables } = await job.step(inputsOf(server, privateOne), { env: naming(earlier.certificate) });
  const both = [earlier, privateOne].map(trimmed);
  // Node adds them to its own.
  expect(certificatesIn(variables['NODE_EXTRA_CA_CERTS'])).toEqual(both);
  for (const name of ['REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE']) {
    const bundle = certificatesIn(variables[name]);
    expect(bundle).toEqual(expect.arrayContaining(both));
    expect(bundle.length).toBeGreaterThan(manyAuthorities);
  }
});

test('a variable that takes the place of the system’s authorities does not make later steps lose Node’s', async () => {
  const server = await serverOf(privateOne);
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'none'));
  writeFileSync(join(folder, 'one.pem'), earlier.certificate);
  const env = { SSL_CERT_FILE: join(folder, 'one.pem'), SSL_CERT_DIR: join(folder, 'none') };
  const { variables } = await new Job().step(inputsOf(server, privateOne), { env });
  expect(certificatesIn(variables['REQUESTS_CA_BUNDLE']).length).toBeGreaterThan(manyAuthorities);
});

test('two steps accumulate, and neither takes the prefix', async () => {
  const [first, second] = await Promise.all([serverOf(earlier), serverOf(privateOne)]);
  const job = new Job();
  const one = await job.step({ ...inputsOf(first, earlier), 'env-prefix': 'SOURCE_' });
  const two = await job.step({ ...inputsOf(second, privateOne), 'env-prefix': 'TARGET_' });
  expect([one.outputs['status'], two.outputs['status']]).toEqual(['verified', 'verified']);
  expect(
    Object.keys(job.variables)
      .filter((name) => /CERT|BUNDLE/.test(name))
      .toSorted(),
  ).toEqual([...names]);
  for (const name of names) {
    expect(certificatesIn(one.variables[name])).not.toContain(trimmed(privateOne));
    expect(certificatesIn(two.variables[name])).toEqual(
      expect.arrayContaining([earlier, privateOne].map(trimmed)),
    );
    // None twice.
    const all = certificatesIn(two.variables[name]);
    expect(new Set(all).size).toBe(all.length);
  }
});

test('a named file that cannot be read is told, and the rest is there', async () => {
  const server = await serverOf(privateOne);
  const env = { ...naming(''), REQUESTS_CA_BUNDLE: '/nowhere/bundle.pem' };
  const result = await new Job().step(inputsOf(server, privateOne), { env });
  const warnings = result.stdout.match(/^::warning.*$/gm) ?? [];
  expect(warnings).toEqual([expect.stringContaining('REQUESTS_CA_BUNDLE named a file that cannot be read')]);
  expect(result.summary).toContain('<li>⚠️ REQUESTS_CA_BUNDLE named a file that cannot be read');
  expect(result).toMatchObject({ exitCode: 0, stderr: '', outputs: { status: 'verified' } });
  for (const name of names) expect(certificatesIn(result.variables[name])).toContain(trimmed(privateOne));
});

test('the files lie in a folder of their own, where the runner clears them after the job', async () => {
  const server = await serverOf(privateOne);
  const job = new Job();
  const { variables } = await job.step(inputsOf(server, privateOne));
  const folders = new Set(names.map((name) => dirname(variables[name] ?? '')));
  expect([...folders].map((folder) => dirname(folder))).toEqual([job.runnerTemp]);
});

test('export-env: false and a failure leave none', async () => {
  const server = await serverOf(privateOne);
  const job = new Job();
  const inputs = inputsOf(server, privateOne);
  const verified = await job.step({ ...inputs, 'export-env': 'false' });
  const refused = await job.step({ ...inputs, scopes: 'write' });
  expect([verified, refused].map(({ outputs }) => outputs['status'])).toEqual(['verified', 'missing-scope']);
  expect(job.variables).toEqual({});
  expect(job.files().filter((file) => file.endsWith('.pem'))).toEqual([]);
});

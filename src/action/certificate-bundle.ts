import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../failure.ts';
import { authoritiesOfSystem } from '../http/trust.ts';
import type { Environment } from './inputs.ts';
import { readPlainFile } from './plain-file.ts';
import type { certificateVariables } from './variables.ts';

export interface Bundles {
  readonly variables: Readonly<Record<(typeof certificateVariables)[number], string>>;
  readonly warnings: readonly string[];
}

/**
 * Writes the bundles with which later steps trust a private authority too, each with what its variable already named.
 * They stay until the runner clears its folder: post steps of other actions read them.
 * @throws {Failure} when they cannot be written
 * @param authority certificates in PEM
 * @param environment with the runner's folder of this job (`RUNNER_TEMP`)
 * @param undo gets what takes the files back
 */
export function writeBundles(authority: string, environment: Environment, undo: (() => void)[]): Bundles {
  const warnings: string[] = [];
  const own = join(resolve(environment['RUNNER_TEMP'] ?? ''), `speckle-certificates-${randomUUID()}`);
  const trusted = authoritiesOfSystem(Boolean(environment['SSL_CERT_FILE'] || environment['SSL_CERT_DIR']));
  const write = (name: string, authorities: readonly string[]): string => {
    const file = join(own, `${name}.pem`);
    const all = [...authorities, ...named(name), authority].flatMap(certificates);
    writeFileSync(file, `${[...new Set(all)].join('\n')}\n`, { flag: 'wx', mode: 0o644 });
    return file;
  };
  undo.push(() => rmSync(own, { recursive: true, force: true }));
  try {
    // Certificates are no secrets, and a container that runs as another user must be able to read them.
    mkdirSync(own, { mode: 0o755 });
    const variables = {
      // Node adds it to its own authorities; for the programs that read the others it takes the place of all.
      NODE_EXTRA_CA_CERTS: write('NODE_EXTRA_CA_CERTS', []),
      REQUESTS_CA_BUNDLE: write('REQUESTS_CA_BUNDLE', trusted),
      SSL_CERT_FILE: write('SSL_CERT_FILE', trusted),
    };
    return { variables, warnings };
  } catch (error) {
    throw new Failure({
      code: 'internal-error',
      problem:
        'The bundle of certificates for later steps could not be written into the folder that RUNNER_TEMP names.',
      remedy: 'See to it that this folder can be written and has room, or set export-env to false.',
      cause: error,
    });
  }

  function named(name: string): string[] {
    const file = environment[name];
    if (!file) return [];
    try {
      return [readPlainFile(file).toString()];
    } catch {
      warnings.push(
        `${name} named a file that cannot be read; what it held is not in the new bundle. Check that variable.`,
      );
      return [];
    }
  }
}

/** The certificates in a text, without the comments that bundles have between them. */
function certificates(pem: string): string[] {
  return (
    pem
      .replace(/\r/g, '')
      .match(/-----BEGIN (TRUSTED )?CERTIFICATE-----[^-]+-----END (TRUSTED )?CERTIFICATE-----/g) ?? []
  );
}

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One package of which something is in the bundle, by its folder below the repository. */
interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/**
 * The names, versions and licence texts of the packages in which these files are, sorted by name.
 * @throws {Error} when a package comes without the text of its licence.
 */
export function licensesOf(files: Iterable<string>): string {
  const folders = new Set<string>();
  for (const file of files) {
    const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
    if (folder) folders.add(folder);
  }
  const packages = [...folders].map((folder) => read(folder));
  packages.sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
  return packages
    .map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text.trim()}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function read(folder: string): Package {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const field = (key: string): string => {
    const value: unknown = typeof manifest === 'object' && manifest ? Reflect.get(manifest, key) : undefined;
    if (typeof value !== 'string') throw new Error(`${folder}/package.json has no ${key}.`);
    return value;
  };
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${folder} has no text of its licence.`);
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
  return { name: field('name'), version: field('version'), license: field('license'), text };
}

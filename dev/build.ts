/**
 * Builds the action: `node dev/build.ts [folder]`, into `dist` by default. TypeScript compiles, ncc bundles. What comes
 * out depends on the sources and the lockfile alone, not on where the repository or the folder is.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { bundledFiles, type Stats } from './build/bundled-files.ts';
import { licensesOf } from './build/licenses.ts';

/**
 * What the bundle takes where Node would take something else; a run takes less than three quarters of the time for it.
 * - graphql: ncc takes the CommonJS build, of which nothing can be left out. Of the ES modules little more than the
 *   parser and the printer remains.
 * - undici: the toolkit loads it on every run for requests to GitHub (OIDC, Octokit), and this action makes none.
 */
const aliases = {
  graphql: ['../../node_modules/graphql/index.mjs'],
  undici: ['./dev/build/no-undici.js'],
};

/** What the aliases keep out: were one to miss, ncc would take the package without a word. */
const keptOut = /[\\/]node_modules[\\/](?:undici[\\/]|graphql[\\/].*\.js$)/;

const root = resolve(import.meta.dirname, '..');
const out = resolve(process.argv[2] ?? join(root, 'dist'));
if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, 'licenses.txt')))
  throw new Error(`${out} holds something other than a build of the action, so it is not replaced.`);

// In the repository and always as deep: webpack numbers modules by their path from the folder that it is started in.
mkdirSync(join(root, 'build'), { recursive: true });
const work = mkdtempSync(join(root, 'build/'));
const result = join(work, 'result');
try {
  const entries = ['main', 'post'].filter((entry) => existsSync(join(root, `src/${entry}.ts`)));
  compile([...entries.map((entry) => `src/${entry}.ts`), 'dev/build/no-undici.ts']);
  const files = entries.flatMap((entry) => bundle(entry));
  const wrong = files.find((file) => keptOut.test(file));
  if (wrong !== undefined) throw new Error(`In spite of the aliases there is ${wrong} in the bundle.`);
  writeFileSync(join(result, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(result, 'licenses.txt'), licensesOf(files));
  rmSync(out, { recursive: true, force: true });
  cpSync(result, out, { recursive: true });
} finally {
  rmSync(work, { recursive: true });
}

/** Compiles these files and all that they import to JavaScript in the work folder: ncc cannot read TypeScript 7. */
function compile(files: readonly string[]): void {
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noEmit: false, noEmitOnError: true, rootDir: root, outDir: work },
    include: [],
    files: files.map((file) => join(root, file)),
  };
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify(config));
  node('typescript/bin/tsc', '-p', work);
  // From here on the file is for ncc, which takes aliases from nowhere else.
  writeFileSync(
    join(work, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { baseUrl: '.', paths: aliases } }),
  );
}

/** Bundles one entry into a folder of its name; returns the files that went into it. */
function bundle(entry: string): string[] {
  const raw = join(work, 'ncc', entry);
  const stats = `${raw}.json`;
  // Without its cache, which has given the result of older sources.
  node(
    '@vercel/ncc/dist/ncc/cli.js',
    'build',
    `src/${entry}.js`,
    '--no-cache',
    '--quiet',
    '-o',
    raw,
    '--stats-out',
    stats,
  );
  const target = join(result, entry);
  mkdirSync(target, { recursive: true });
  const scripts = readdirSync(raw).filter((name) => name !== 'package.json');
  for (const name of scripts) copyFileSync(join(raw, name), join(target, name));
  return bundledFiles(JSON.parse(readFileSync(stats, 'utf8')) as Stats);
}

function node(script: string, ...options: string[]): void {
  const command = [join(root, 'node_modules', script), ...options];
  const { status } = spawnSync(process.execPath, command, { cwd: work, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${script} failed.`);
}

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
 * What the bundle takes where Node would take something else: packages of which no run uses anything. It is half as
 * large without them, and what a run loads of Node itself is less.
 * - @actions/exec and @actions/http-client (with undici): the toolkit loads them on every run, to tell the system's
 *   version and to ask GitHub for an OIDC token, and this action does neither.
 * - @actions/github: the event alone is read, and no Octokit needed for it.
 * - graphql: the documents are texts already, and nobody asks for their names, so graphql-request neither prints nor
 *   parses.
 */
const aliases = {
  '@actions/exec': ['./dev/build/left-out.js'],
  '@actions/github': ['./event.js'],
  '@actions/http-client': ['./dev/build/left-out.js'],
  '@actions/http-client/lib/auth': ['./dev/build/left-out.js'],
  graphql: ['./dev/build/left-out.js'],
};

/** Files that stand in the work folder beside what is compiled; the entries are bundled from here. */
const written = {
  'event.js': `import { Context } from '../../node_modules/@actions/github/lib/context.js';
export const context = new Context();
`,
  'main.js': `import './dev/build/globals.js';
import './src/main.js';
`,
  'post.js': `import './src/post.js';
`,
};

/** What may be in the bundle: were an alias to miss, ncc would take the package without a word. */
const taken = /[\\/]node_modules[\\/](?:@actions[\\/](?:core|github)|graphql-request)[\\/]/;

const root = resolve(import.meta.dirname, '..');
const out = resolve(process.argv[2] ?? join(root, 'dist'));
if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, 'licenses.txt')))
  throw new Error(`${out} holds something other than a build of the action, so it is not replaced.`);

// In the repository and always as deep: webpack numbers modules by their path from the folder that it is started in.
mkdirSync(join(root, 'build'), { recursive: true });
const work = mkdtempSync(join(root, 'build/'));
const result = join(work, 'result');
try {
  compile(['src/main.ts', 'src/post.ts', 'dev/build/left-out.ts', 'dev/build/globals.ts']);
  for (const [name, text] of Object.entries(written)) writeFileSync(join(work, name), text);
  const files = ['main', 'post'].flatMap((entry) => bundle(entry));
  const wrong = files.find((file) => /[\\/]node_modules[\\/]/.test(file) && !taken.test(file));
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
    `${entry}.js`,
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

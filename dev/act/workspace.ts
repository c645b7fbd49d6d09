import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** What the repository of a user has beside the workflow, for the recipes to find. */
const files: Readonly<Record<string, string>> = {
  'report.py': scriptOf(readFileSync(join(root, 'README.md'), 'utf8')),
  // The environment wins over it.
  '.env': 'SPECKLE_SERVER=https://wrong.example.com\nSPECKLE_TOKEN=wrong\n',
  // act ends what is still in the session of a step at its end.
  'start-server.sh': `setsid node dev/speckle-server/cli.ts --port "$LOCAL_PORT" --for 120 --out server.json >server.log 2>&1 &\necho $! >"$LOCAL_SERVER"\nsleep 1\n`,
  'make-token.sh': `node -p "'token=' + require('./server.json').tokens['$TOKEN_KIND']" >>"$GITHUB_OUTPUT"\n`,
};

/**
 * A clone of what is committed, with the dependencies of this folder and what a user's repository has. act copies it for
 * every job.
 */
export function createWorkspace(folder: string): string {
  const workspace = join(folder, 'workspace');
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, workspace]);
  symlinkSync(join(root, 'node_modules'), join(workspace, 'node_modules'));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(workspace, name), text, { mode: 0o755 });
  mkdirSync(join(workspace, 'tests'));
  cpSync(join(root, 'dev/clients/test_automate_fixtures.py'), join(workspace, 'tests/test_function.py'));
  return workspace;
}

/** The script that the README shows. */
function scriptOf(readme: string): string {
  const [, script] = /^```python\n(# report\.py\n[\s\S]*?)^```$/m.exec(readme) ?? [];
  if (script === undefined) throw new Error('The README shows no report.py.');
  return script;
}

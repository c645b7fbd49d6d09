/**
 * Measures whole processes, from start to end: the built action beside bare scripts, against the embedded server in a
 * process of its own: `node dev/bench.ts [--runs N]`. The cases take turns, so that what else the machine does meets all
 * of them alike. docs/performance.md holds the figures of a day.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runAction, runProcess, type Step } from './runner/run-action.ts';
import type { DemoTokens } from './speckle-server/demo-world.ts';

/** Milliseconds of one run. */
type Case = () => Promise<number>;

const { values } = parseArgs({ options: { runs: { type: 'string', default: '35' } } });
const runs = Number(values.runs);
const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'speckle-bench-'));
const load = loadavg()[0] ?? 0;

const server = spawn(process.execPath, [join(root, 'dev/speckle-server/cli.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [line] = (await server.stdout.setEncoding('utf8').take(1).toArray()) as string[];
  const { url, tokens } = JSON.parse(line ?? '') as { url: string; tokens: DemoTokens };
  const times = await takeTurns(casesAgainst(url, tokens));
  console.log(report(times));
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

function casesAgainst(url: string, tokens: DemoTokens): Record<string, Case> {
  const script = join(folder, 'fetch.mjs');
  const body = JSON.stringify({ query: '{ activeUser { id } }' });
  const headers = { authorization: `Bearer ${tokens.read}`, 'content-type': 'application/json' };
  const init = JSON.stringify({ method: 'POST', headers, body });
  writeFileSync(script, `const answer = await fetch('${url}/graphql', ${init});\nawait answer.json();\n`);
  const bare = (...options: string[]): Case => {
    return async () => (await runProcess(process.execPath, options, {}, folder)).milliseconds;
  };
  const inputs = { server: url, token: tokens.read };
  const action = (status: string, changed: Readonly<Record<string, string>> = {}): Case => {
    return async () => (await step(status, { with: { ...inputs, ...changed } })).milliseconds;
  };
  return {
    'an empty Node (`node -e 0`)': bare('-e', '0'),
    'a bare script with one `fetch`': bare(script),
    verified: action('verified', { scopes: 'read' }),
    'invalid-token': action('invalid-token', { token: tokens.revoked }),
    'missing-scope': action('missing-scope', { scopes: 'write' }),
    'malformed-token': action('malformed-token', { token: tokens.read.slice(0, 10) }),
    'post step, nothing to do': async () => (await runAction({ entry: 'post' })).milliseconds,
    'post step, an account to remove': async () => {
      const written = await step('verified', {
        with: { ...inputs, 'account-file': 'true' },
        runnerTemp: folder,
      });
      const state = Object.entries(written.state).map(([name, value]) => [`STATE_${name}`, value] as const);
      const post = { entry: 'post', runnerTemp: folder, env: Object.fromEntries(state) } as const;
      return (await runAction(post)).milliseconds;
    },
  };
}

/** A step, which must end as it is meant to: otherwise something else would be measured. */
async function step(status: string, given: Step) {
  const result = await runAction(given);
  if (result.outputs['status'] !== status) throw new Error(`Not ${status}: ${result.log}${result.stderr}`);
  return result;
}

/** The times of each case, shortest first. The first turn, in which files come from the disk, does not count. */
async function takeTurns(cases: Record<string, Case>): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
  for (let turn = 0; turn <= runs; turn++)
    for (const [name, run] of Object.entries(cases)) {
      const time = await run();
      if (turn > 0) times.get(name)?.push(time);
    }
  for (const each of times.values()) each.sort((one, other) => one - other);
  return times;
}

function report(times: ReadonlyMap<string, readonly number[]>): string {
  const [empty = 0, fetching = 0] = [...times.values()].map(median);
  const rows = [...times].map(([name, sorted]) => {
    const time = median(sorted);
    const cells = [time.toFixed(0), (sorted[0] ?? 0).toFixed(0), ratio(time, empty), ratio(time, fetching)];
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  return [
    `Node ${process.version}, ${cpus().length} cores, load ${load.toFixed(1)} at the start, ${runs} runs each.\n`,
    '| whole process | median, ms | least, ms | of an empty Node | of one fetch |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    `\ndist: ${bytesIn(join(root, 'dist'))} bytes. The archive of HEAD, which a runner downloads: ${archiveBytes()} bytes.`,
  ].join('\n');
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function ratio(time: number, to: number): string {
  return (time / to).toFixed(2);
}

function bytesIn(place: string): number {
  const entries = readdirSync(place, { recursive: true, encoding: 'utf8' });
  const files = entries.map((name) => statSync(join(place, name))).filter((stats) => stats.isFile());
  return files.reduce((sum, { size }) => sum + size, 0);
}

function archiveBytes(): number {
  return spawnSync('git', ['archive', '--format=tar.gz', 'HEAD'], { cwd: root, maxBuffer: 2 ** 26 }).stdout
    .length;
}

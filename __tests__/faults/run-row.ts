import { runAction, type StepResult } from '../../dev/runner/run-action.ts';
import { isLoopback } from '../../src/loopback.ts';
import type { Closable, Keep, Row } from './row.ts';

export interface Ran {
  readonly result: StepResult;
  /** HTTP requests that reached the server. */
  readonly requests: number;
  /** From the start of the process to its end. */
  readonly seconds: number;
  /** What the step had. */
  readonly timeout: number;
  readonly message: string;
}

/** A token of no server here. */
const token = 'd41d8cd98f00b204e9800998ecf8427e5b1f07c3a9';

/** Long enough for what is told at once to prove that nothing waits for it. */
const longTimeout = 30;
const shortTimeout = 2;

/** Most rows wait for a timeout. */
const atOnce = 4;

/** Makes every fault, some at once. @returns what came of each row, or why it could not be made */
export async function runRows(rows: readonly Row[]): Promise<ReadonlyMap<Row, Promise<Ran>>> {
  const runs = new Map<Row, Promise<Ran>>();
  const waiting = rows.values();
  const run = async (): Promise<void> => {
    for (const row of waiting) {
      const running = runRow(row);
      runs.set(row, running);
      await Promise.allSettled([running]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, run));
  return runs;
}

/** Makes the fault of a row, and lets the built action meet it. */
async function runRow({ make, lasts }: Row): Promise<Ran> {
  const closers: Closable[] = [];
  const keep: Keep = async (starting) => {
    const started = await starting;
    closers.push(started);
    return started;
  };
  try {
    const { inputs, examples, requests = () => 0, ...step } = await make(keep);
    const patient = lasts === 'at once' || lasts === 'until it passes';
    const given = { token, timeout: String(patient ? longTimeout : shortTimeout), ...inputs };
    const begun = performance.now();
    const result = await runAction({ ...step, with: given });
    return {
      result,
      requests: requests(),
      seconds: (performance.now() - begun) / 1000,
      timeout: Number(given.timeout),
      message: asExample(messageOf(result), { ...examples, ...ofServer(inputs['server'] ?? '') }),
    };
  } finally {
    await Promise.all(closers.map((each) => each.close()));
  }
}

/** The output, or what was printed where there is none. */
function messageOf({ outputs, stdout }: StepResult): string {
  return outputs['message'] ?? /^::error[^:]*::(.*)$/m.exec(stdout)?.[1] ?? '';
}

/**
 * A message as the page shows it: with an example's addresses in place of those on loopback, and without what no two runs
 * have in common.
 */
function asExample(message: string, examples: Readonly<Record<string, string>>): string {
  return Object.entries(examples)
    .toSorted(([one], [other]) => other.length - one.length)
    .reduce((text, [here, there]) => text.replaceAll(here, there), message)
    .replace(/\b\d+(\.\d+)? s\b/g, '… s')
    .replace(/tried \d+ times/g, 'tried … times')
    .replace(/(?<=Request id of the server: )[\da-f-]{36}/, '…');
}

/** A server on loopback stands for one that is asked with https, unless plain http is what a row is about. */
function ofServer(server: string): Record<string, string> {
  if (!URL.canParse(server)) return {};
  const { protocol, hostname, port, origin } = new URL(server);
  const plain = protocol === 'http:' && !isLoopback(hostname);
  const [scheme, usual] = plain ? ['http', 80] : ['https', 443];
  const here = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
  return { [origin]: `${scheme}://speckle.example.com`, [here]: `speckle.example.com:${usual}` };
}

// The fault matrix: every row of docs/failures.md, made for real on loopback and met by the built action.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pageOf, pagePath, readPage } from './page.ts';
import type { Row } from './row.ts';
import { runRows, type Ran } from './run-row.ts';
import { table } from './table.ts';

const page = readFileSync(resolve(import.meta.dirname, pagePath), 'utf8');
const says = readPage(page);

/** Seconds that a process may need beside its timeout, on a machine that has other things to do. */
const overhead = 10;

let runs: ReadonlyMap<Row, Promise<Ran>> = new Map();
// Not by `test.concurrent`: between two of its tests nothing can be imported, and the embedded server does so.
beforeAll(async () => {
  runs = await runRows(table.flatMap(({ rows }) => rows));
}, 300_000);

test('docs/failures.md is written from the table', () => {
  expect(pageOf(table, says)).toBe(page);
});

describe.each(table)('$title', ({ rows }) => {
  test.each(rows)('$what', async (row) => {
    expect(seen(row, await runs.get(row))).toEqual(expected(row));
  });
});

function expected({ what, code, requests, lasts }: Row) {
  const fails = code !== 'verified' && code !== 'skipped';
  return {
    status: [code, code],
    exitCode: fails ? 1 : 0,
    stderr: '',
    exported: code === 'verified',
    says: says.get(what),
    // One sentence of what is wrong, and one of what to do.
    advises: fails || code === 'skipped',
    requests,
    triedAgain: lasts !== 'at once',
    inTime: true,
  };
}

function seen(row: Row, ran: Ran | undefined): object | undefined {
  if (!ran) return undefined;
  const { requests, seconds, timeout, message } = ran;
  const { exitCode, stderr, stdout, summary, outputs, variables } = ran.result;
  const [, onCard] = /Speckle: ([a-z-]+)/.exec(summary) ?? [];
  // Without the runner’s file for outputs there is the card alone.
  const status = [onCard, outputs['status'] ?? onCard];
  return {
    status,
    exitCode,
    stderr,
    exported: Object.keys(variables).length > 0,
    says: message,
    advises: /^.*?\. [A-Z][^\n]*[.)]$/.test(message),
    requests: row.requests === 'several' && requests > 1 ? 'several' : requests,
    triedAgain: /; attempt \d+ follows in /.test(stdout),
    inTime: seconds < overhead + (row.lasts === 'at once' ? 0 : timeout),
  };
}

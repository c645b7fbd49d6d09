/**
 * Makes every fault, prints its whole message, all of them side by side, and writes docs/failures.md:
 * `node __tests__/faults/write-page.ts`.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { firstSentence, pageOf, pagePath } from './page.ts';
import { runRows } from './run-row.ts';
import { table } from './table.ts';

const says = new Map<string, string>();
const runs = await runRows(table.flatMap(({ rows }) => rows));
for (const { title, rows } of table) {
  console.log(`\n${title}\n`);
  for (const row of rows) {
    const { message = '' } = (await runs.get(row)) ?? {};
    says.set(row.what, firstSentence(message));
    console.log(`${row.what}\n   ${message}\n`);
  }
}
writeFileSync(resolve(import.meta.dirname, pagePath), pageOf(table, says));

/** Makes every fault, and writes docs/failures.md: `node __tests__/faults/write-page.ts`. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pageOf, pagePath } from './page.ts';
import { runRows } from './run-row.ts';
import { table } from './table.ts';

const says = new Map<string, string>();
const runs = await runRows(table.flatMap(({ rows }) => rows));
for (const [row, ran] of runs) says.set(row.what, (await ran).message);
writeFileSync(resolve(import.meta.dirname, pagePath), pageOf(table, says));

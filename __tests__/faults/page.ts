import type { Row, Section } from './row.ts';

/** The page that `write-page.ts` writes, from here. */
export const pagePath = '../../docs/failures.md';

const intro = `# What happens when

What a step does and says when something goes wrong. Unless the code is \`verified\` or \`skipped\` the step fails, nothing is
exported, and the message goes on with a sentence of what to do. More about each code stands in
[troubleshooting](troubleshooting.md).

- **requests**: how many are sent, with the token. Where there are none the token never left the runner.
- **at most**: how long it takes. What is not told at once is tried again, and the log says so each time. \`timeout\` is
  the input, 60 s unless it is set.

Each row is a test, in which the built action meets the real fault on loopback (\`npm test -- faults\`);
\`node __tests__/faults/write-page.ts\` writes this page from the same table.`;

const head = ['what happens', 'code', 'requests', 'at most', 'the first sentence of the message'] as const;

/**
 * The fault matrix as a page in Markdown.
 * @param says the first sentence of the message of each row, by what happens
 */
export function pageOf(table: readonly Section[], says: ReadonlyMap<string, string>): string {
  const sections = table.map(({ title, intro: about, rows }) =>
    [`## ${title}`, about, markdownTable(rows.map((row) => cells(row, says.get(row.what) ?? '')))].join(
      '\n\n',
    ),
  );
  return `${[intro, ...sections].join('\n\n')}\n`;
}

/** What a page says of each row, by what happens. */
export function readPage(markdown: string): ReadonlyMap<string, string> {
  const lines = markdown.split('\n').filter((line) => line.startsWith('| '));
  return new Map(
    lines.map((line) => {
      const [what = '', , , , says = ''] = line.slice(1, -1).split(' | ');
      return [what.trim(), says.trim()];
    }),
  );
}

/** The first sentence: up to the full stop after which another one begins. */
export function firstSentence(message: string): string {
  return /^.*?\.(?= [A-Z]|$)/s.exec(message)?.[0] ?? message;
}

function cells({ what, code, requests, lasts }: Row, says: string): readonly string[] {
  return [
    what,
    `\`${code}\``,
    requests === 0 ? 'none' : String(requests),
    lasts === 'timeout' ? '`timeout`' : lasts,
    says,
  ];
}

/** With columns of one width each, as the formatter of this repository has them. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

import type { Row, Section } from './row.ts';

/** The page that `write-page.ts` writes, from here. */
export const pagePath = '../../docs/failures.md';

const intro = `# What happens when

What a step does and says when something goes wrong. Unless the code is \`verified\` or \`skipped\` the step fails, nothing is
exported, and the message says what is wrong and what to do. More about each code stands in
[troubleshooting](troubleshooting.md).

- **requests**: how many are sent, with the token. Where there are none the token never left the runner.
- **at most**: how long it takes. What is not told at once is tried again, and the log says so each time. \`timeout\` is
  the input, 60 s unless it is set.

Each row is a test, in which the built action meets the real fault on loopback (\`npm test -- faults\`);
\`node __tests__/faults/write-page.ts\` writes this page from the same table.`;

const head = ['what happens', 'code', 'requests', 'at most', 'the message'] as const;

/**
 * The fault matrix as a page in Markdown.
 * @param says the message of each row, by what happens
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

function cells({ what, code, requests, lasts }: Row, says: string): readonly string[] {
  return [
    what,
    `\`${code}\``,
    requests === 0 ? 'none' : String(requests),
    lasts === 'timeout' ? '`timeout`' : lasts,
    says,
  ];
}

function markdownTable(rows: readonly (readonly string[])[]): string {
  const all = [head, head.map(() => '---'), ...rows];
  return all.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** A row of a table: the names in backticks of its first cell, and its cells by the headings of their columns. */
export interface Row {
  readonly names: readonly string[];
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * The rows of all tables under the heading with this text, those under its subheadings included.
 * @throws {Error} when there is no such heading, or no table under it.
 */
export function rowsUnder(markdown: string, heading: string): Row[] {
  const lines = markdown.split(/\r?\n/);
  const start = lines.findIndex((line) => levelOf(line) > 0 && line.replace(/^#+\s*/, '').trim() === heading);
  if (start < 0) throw new Error(`There is no heading “${heading}”.`);
  const level = levelOf(lines[start] ?? '');
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => levelOf(line) > 0 && levelOf(line) <= level);
  const rows = rowsOf(end < 0 ? rest : rest.slice(0, end));
  if (rows.length === 0) throw new Error(`There is no table under the heading “${heading}”.`);
  return rows;
}

function levelOf(line: string): number {
  return /^(#{1,6})\s/.exec(line)?.[1]?.length ?? 0;
}

function rowsOf(lines: readonly string[]): Row[] {
  let titles: string[] = [];
  return lines.flatMap((line, at) => {
    if (!line.startsWith('|') || /^\|[\s:|-]+\|$/.test(line)) return [];
    // A bar inside a cell is written \|.
    const cells = line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    if (!lines[at - 1]?.startsWith('|')) {
      titles = cells;
      return [];
    }
    const names = [...(cells[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    return [
      { names, cells: Object.fromEntries(titles.map((title, column) => [title, cells[column] ?? ''])) },
    ];
  });
}

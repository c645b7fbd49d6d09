import { readFileSync } from 'node:fs';

/** Reads a command file (`GITHUB_OUTPUT`, `GITHUB_ENV`, `GITHUB_STATE`) as the runner does. */
export function readCommandFile(path: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(line) ?? [];
    if (name === undefined || delimiter === undefined) {
      if (line !== '') throw new Error(`Line ${at + 1} of a command file is no command: ${line}`);
      continue;
    }
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw new Error(`The value of ${name} does not end.`);
    values[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return values;
}

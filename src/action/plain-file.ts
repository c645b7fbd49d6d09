import { readFileSync, statSync } from 'node:fs';

/** A bundle of all public authorities takes a fifth of it, in bytes. */
const most = 2 ** 20;

/**
 * Reads a file that somebody named. A pipe or a device may never end, and nothing could stop the reading.
 * @throws when it cannot be read, is no plain file, or has more than 1 MiB; the `code` says which
 */
export function readPlainFile(path: string): Buffer {
  const found = statSync(path);
  if (!found.isFile() || found.size > most)
    throw Object.assign(new Error('Not a plain file.'), { code: 'not a file of at most 1 MiB' });
  return readFileSync(path);
}

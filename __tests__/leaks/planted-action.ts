import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A copy of the action, in whose built main script something is changed; it goes with the test that made it. */
export class PlantedAction implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'speckle-planted-'));

  /** @param what stands there, and is replaced wherever it stands; at the beginning of the script when left out */
  constructor(plant: string, what?: string) {
    for (const name of ['action.yml', 'dist'])
      cpSync(join(root, name), join(this.folder, name), { recursive: true });
    const script = join(this.folder, 'dist/main/index.js');
    const built = readFileSync(script, 'utf8');
    if (what !== undefined && !built.includes(what)) throw new Error(`There is no ${what} in dist.`);
    writeFileSync(script, what === undefined ? `${plant}\n${built}` : built.replaceAll(what, () => plant));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Loaded before the action (`node --import`): writes the names of all variables that were read to `READ_NAMES_FILE`. */
import { writeFileSync } from 'node:fs';

const names = new Set<string>();
const file = process.env['READ_NAMES_FILE'] ?? '';

process.env = new Proxy(process.env, {
  get(target, name) {
    if (typeof name === 'string') names.add(name);
    const value: unknown = Reflect.get(target, name);
    return value;
  },
  // Whoever copies the whole environment has not read the inputs by their names.
  ownKeys: (target) => Reflect.ownKeys(target).filter((name) => !String(name).startsWith('INPUT_')),
});
process.once('exit', () => writeFileSync(file, JSON.stringify([...names])));

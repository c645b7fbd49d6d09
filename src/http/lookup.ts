import { lookup as lookupBySystem } from 'node:dns';
import type { LookupFunction } from 'node:net';

/**
 * A way to look up names that does not ask for one again while it is being looked up. The system cannot be told to
 * stop (for ten seconds where no DNS server answers, measured), and until it has ended the process does not end either.
 */
export function sharedLookup(lookup: LookupFunction = lookupBySystem): LookupFunction {
  const pending = new Map<string, Parameters<LookupFunction>[2][]>();
  return (name, options, found) => {
    const key = JSON.stringify([name, options]);
    const others = pending.get(key);
    if (others) {
      others.push(found);
      return;
    }
    const waiting = [found];
    pending.set(key, waiting);
    lookup(name, options, (...result) => {
      pending.delete(key);
      for (const each of waiting) each(...result);
    });
  };
}

/** Where names stand, in words, and which they are. */
export type Place = readonly [where: string, names: Iterable<string>];

/** A sentence for every name that stands in one of two places alone. */
export function differences(kind: string, one: Place, other: Place): string[] {
  return [...onlyIn(kind, one, other), ...onlyIn(kind, other, one)];
}

function onlyIn(kind: string, [here, these]: Place, [there, those]: Place): string[] {
  const known = new Set(those);
  return [...new Set(these)]
    .filter((name) => !known.has(name))
    .map((name) => `${kind} ${name}: in ${here}, but not in ${there}.`);
}

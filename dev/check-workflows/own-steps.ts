import { isMap, isScalar, parseDocument, visit } from 'yaml';

/** The names that this action declares. */
interface Declared {
  readonly inputs: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
}

/** A sentence for every input and output of this action that a workflow uses although action.yml does not declare it. */
export function undeclaredNames(file: string, text: string, { inputs, outputs }: Declared): string[] {
  const faults: string[] = [];
  const ids = new Set<string>();
  visit(parseDocument(text), {
    Map(_, step) {
      const uses = step.get('uses');
      if (typeof uses !== 'string' || !/^\.\/$|\/speckle-auth-action@/.test(uses)) return;
      const id = step.get('id');
      if (typeof id === 'string') ids.add(id);
      const given = step.get('with');
      if (!isMap(given)) return;
      for (const { key } of given.items)
        if (isScalar(key) && !inputs.has(String(key.value)))
          faults.push(`${file}: this action has no input ${String(key.value)}.`);
    },
  });
  for (const [, id = '', output = ''] of text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g))
    if (ids.has(id) && !outputs.has(output)) faults.push(`${file}: this action has no output ${output}.`);
  return faults;
}

import type { Manifest } from './manifest.ts';
import { rowsUnder, type Row } from './markdown-tables.ts';

/** Where names stand, in words, and which they are. */
type Place = readonly [where: string, names: Iterable<string>];

/** Names by what they are of. */
export interface Names {
  readonly inputs: Iterable<string>;
  readonly outputs: Iterable<string>;
  readonly variables: Iterable<string>;
  readonly statusCodes: Iterable<string>;
}

/** A sentence for everything in which action.yml, the README, the code and its runs differ. */
export function compareNames(manifest: Manifest, readme: string, code: Names, runs: Names): string[] {
  const inputs = rowsUnder(readme, 'Inputs');
  const table = {
    inputs: namesIn(inputs),
    outputs: namesIn(rowsUnder(readme, 'Outputs')),
    variables: namesIn(rowsUnder(readme, 'Environment')),
    statusCodes: namesIn(rowsUnder(readme, 'Status codes')),
  };
  const declared = [...manifest.inputs.keys()];
  const known = new Set(code.statusCodes);
  return [
    ...differences('input', ['action.yml', declared], ['README.md', table.inputs]),
    ...differences('input', ['action.yml', declared], ['the code', code.inputs]),
    ...differences('input', ['action.yml', declared], ['what runs read', runs.inputs]),
    ...differences('default', ['action.yml', defaultsOf(manifest.inputs)], ['README.md', defaultsIn(inputs)]),
    ...differences('output', ['action.yml', manifest.outputs], ['README.md', table.outputs]),
    ...differences('output', ['action.yml', manifest.outputs], ['the code', code.outputs]),
    ...differences('output', ['action.yml', manifest.outputs], ['what runs set', runs.outputs]),
    ...differences('variable', ['README.md', table.variables], ['the code', code.variables]),
    ...differences('variable', ['README.md', table.variables], ['what runs export', runs.variables]),
    ...differences('status code', ['README.md', table.statusCodes], ['the code', code.statusCodes]),
    ...[...runs.statusCodes]
      .filter((status) => !known.has(status))
      .map((status) => `status code ${status}: in what runs set, but not in the code.`),
  ];
}

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

function namesIn(rows: readonly Row[]): string[] {
  return rows.flatMap(({ names }) => names);
}

function defaultsOf(values: ReadonlyMap<string, string | undefined>): string[] {
  return [...values].flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
}

/** A default is a cell that holds one word in backticks alone; anything else is a rule of the action, none of action.yml. */
function defaultsIn(rows: readonly Row[]): string[] {
  return rows.flatMap(({ names, cells }) => {
    const value = /^`([^`]+)`$/.exec(cells['default'] ?? '')?.[1];
    return value === undefined ? [] : names.map((name) => `${name}: ${value}`);
  });
}

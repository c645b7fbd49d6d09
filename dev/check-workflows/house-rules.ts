import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';

/** A sentence for every rule of this repository that a workflow breaks. What breaks YAML itself is left to the linters. */
export function brokenHouseRules(file: string, text: string): string[] {
  const workflow = parseDocument(text);
  const permissions = workflow.get('permissions');
  const everything = [...mapsIn(workflow.contents)];
  return [
    ...(isMap(permissions) && permissions.items.length === 0
      ? []
      : ['permissions: {} is not set at the top']),
    ...everything.flatMap((map) => unpinned(map)),
    ...everything.filter(keepsCredentials).map(() => 'a checkout does not say persist-credentials: false'),
    ...everything
      .filter((map) => /\$\{\{/.test(scalar(map, 'run')))
      .map((map) => `an expression is put into a script, where env: is safe: ${scalar(map, 'run').trim()}`),
  ].map((fault) => `${file}: ${fault}.`);
}

/** An action of others stands as a commit, which nobody can move, with its version beside it for people and updates. */
function unpinned(map: YAMLMap): string[] {
  const node = map.get('uses', true);
  if (!isScalar(node)) return [];
  const uses = String(node.value);
  if (uses.startsWith('./')) return [];
  return [
    ...(/@[0-9a-f]{40}$/.test(uses) ? [] : [`${uses} is not pinned to a commit`]),
    ...(/^ v\d+\.\d+\.\d+$/.test(node.comment ?? '')
      ? []
      : [`${uses} has no version like # v1.2.3 beside it`]),
  ];
}

function keepsCredentials(map: YAMLMap): boolean {
  const inputs = map.get('with');
  const set = isMap(inputs) && inputs.get('persist-credentials') === false;
  return scalar(map, 'uses').startsWith('actions/checkout@') && !set;
}

function scalar(map: YAMLMap, key: string): string {
  const value = map.get(key);
  return typeof value === 'string' ? value : '';
}

function* mapsIn(node: unknown): Generator<YAMLMap> {
  if (isMap(node)) yield node;
  const children = isMap(node) ? node.items.map(({ value }) => value) : isSeq(node) ? node.items : [];
  for (const child of children) yield* mapsIn(child);
}

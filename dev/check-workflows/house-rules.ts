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
    ...ungathered(workflow.toJS()),
    ...everything.flatMap((map) => unpinned(map)),
    ...everything.filter(keepsCredentials).map(() => 'a checkout does not say persist-credentials: false'),
    ...everything
      .filter((map) => /\$\{\{/.test(scalar(map, 'run')))
      .map((map) => `an expression is put into a script, where env: is safe: ${scalar(map, 'run').trim()}`),
  ].map((fault) => `${file}: ${fault}.`);
}

/** The jobs of a pull request are gathered in one, the only one that a branch has to require: none can be forgotten there. */
function ungathered(workflow: unknown): string[] {
  const jobs = Object.entries(recordAt(workflow, 'jobs'));
  if (jobs.length < 2 || !('pull_request' in recordAt(workflow, 'on'))) return [];
  const gathered = new Set([recordAt(workflow, 'jobs', 'all')['needs']].flat());
  return jobs
    .filter(([name]) => name !== 'all' && !gathered.has(name))
    .map(([name]) => `the job ${name} is not among the needs of a job named all`);
}

function recordAt(value: unknown, ...keys: readonly string[]): Record<string, unknown> {
  const found = keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
  return typeof found === 'object' && found !== null ? Object.fromEntries(Object.entries(found)) : {};
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

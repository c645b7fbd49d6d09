import { isMap, isScalar, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';

/** Actions whose place a tool of this machine takes: act would have to download them. */
const toolOfHost = /^actions\/setup-(?:node|python|dotnet)@/;
/** act serves it by copying the working folder. */
const checkout = /^actions\/checkout@/;
const ownAction = /^(?:<owner>\/speckle-auth-action@v\d+|\.\/)$/;

/** What cannot run here. */
export interface LeftOut {
  /** Jobs by their ids. */
  readonly jobs?: readonly string[];
  /** Whether service containers, and the steps that call docker, are left out. */
  readonly containers?: boolean;
}

/**
 * The workflow that act can run: this action from the working folder, tools of the host, one system, and without what
 * cannot run. All else stays as it is.
 * @param texts what takes the place of addresses of servers that do not exist, and the like
 * @throws when it uses an action that is not to be had
 */
export function derive(text: string, texts: Readonly<Record<string, string>>, leftOut: LeftOut = {}): string {
  const replaced = Object.entries(texts).reduce((all, [from, to]) => all.replaceAll(from, to), text);
  const workflow = parseDocument(replaced);
  workflow.set('on', 'push');
  const jobs = workflow.get('jobs');
  if (!isMap(jobs)) throw new Error('The workflow has no jobs.');
  for (const name of leftOut.jobs ?? [])
    if (!jobs.delete(name)) throw new Error(`The workflow has no job ${name}.`);
  for (const { value: job } of jobs.items) if (isMap(job)) deriveJob(workflow, job, leftOut);
  return workflow.toString();
}

function deriveJob(workflow: Document, job: YAMLMap, { containers = false }: LeftOut): void {
  if (containers) job.delete('services');
  if (job.hasIn(['strategy', 'matrix', 'os'])) job.setIn(['strategy', 'matrix', 'os'], ['ubuntu-latest']);
  const steps = job.get('steps');
  if (!isSeq(steps)) throw new Error('A job has no steps.');
  steps.items = steps.items.filter((step) => {
    if (!isMap(step)) return true;
    const run = textOf(step, 'run').trim();
    if (containers && run.startsWith('docker ')) return false;
    return !toolOfHost.test(textOf(step, 'uses')) && run !== 'npm ci';
  });
  for (const step of steps.items) if (isMap(step)) deriveStep(step);
  // The action is in the working folder, also where a reader of the docs would need no checkout.
  if (!steps.items.some((step) => isMap(step) && checkout.test(textOf(step, 'uses'))))
    steps.items.unshift(workflow.createNode({ uses: 'actions/checkout@v7' }));
}

function deriveStep(step: YAMLMap): void {
  const uses = textOf(step, 'uses');
  if (uses === '' || uses.startsWith('./dev/') || checkout.test(uses)) return;
  if (!ownAction.test(uses)) throw new Error(`The action ${uses} is not to be had.`);
  step.set('uses', './');
}

function textOf(map: YAMLMap, key: string): string {
  const value = map.get(key, true);
  return isScalar(value) && typeof value.value === 'string' ? value.value : '';
}

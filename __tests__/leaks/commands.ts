/** What the runner takes for a command, and so does something about. */
export interface Command {
  readonly name: string;
  readonly data: string;
}

/** Those that a runner knows (actions/runner, ActionCommandManager and its extensions). */
const known = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'internal-set-repo-path',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

/** The commands in the output of a step, by the rules of the runner (actions/runner, ActionCommand.cs). */
export function commandsIn(output: string): Command[] {
  return output.split(/\r\n|\r|\n/).flatMap((line) => commandAtStart(line) ?? oldCommand(line) ?? []);
}

/** `::name key=value::data`, behind white space of any kind. */
function commandAtStart(line: string): Command | undefined {
  const text = line.replace(/^[\s\u0085\u180E]+/, '');
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1;
  return end < 0 ? undefined : command(text.slice(2, end), text.slice(end + 2));
}

/** `##[name key=value;]data`, anywhere in a line. */
function oldCommand(line: string): Command | undefined {
  const begin = line.indexOf('##[');
  const end = begin < 0 ? -1 : line.indexOf(']', begin);
  return end < 0 ? undefined : command(line.slice(begin + 3, end), line.slice(end + 1));
}

function command(info: string, data: string): Command | undefined {
  const name = (info.split(' ')[0] ?? '').toLowerCase();
  if (!known.has(name)) return undefined;
  return { name, data: data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%') };
}

/** What a line of stdout means to the runner. */
interface Command {
  readonly name: string;
  readonly value: string;
}

/** The values that a step told the runner to mask. */
export function masksIn(stdout: string): string[] {
  return stdout.split(/\r?\n/).flatMap((line) => {
    const command = commandIn(line);
    return command?.name === 'add-mask' ? [command.value] : [];
  });
}

/** The log as GitHub shows it: commands carried out, every masked value (and each of its lines) replaced by `***`. */
export function shownLog(stdout: string): string {
  const masks = masksIn(stdout)
    .flatMap((mask) => [mask, ...mask.split(/\r?\n/)])
    .filter((mask) => mask.trim() !== '')
    .toSorted((one, other) => other.length - one.length);
  const lines = stdout.split(/\r?\n/).flatMap((line) => {
    const command = commandIn(line);
    if (!command) return [line];
    const title = { error: 'Error: ', warning: 'Warning: ', notice: 'Notice: ', debug: '##[debug]' }[
      command.name
    ];
    return title === undefined ? [] : [title + command.value];
  });
  return masks.reduce((log, mask) => log.replaceAll(mask, '***'), lines.join('\n'));
}

function commandIn(line: string): Command | undefined {
  const [, name, value] = /^\s*::([a-z-]+)(?: [^:]*)?::(.*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) return undefined;
  return { name, value: value.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%') };
}

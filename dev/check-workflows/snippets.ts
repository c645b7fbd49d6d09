/** A piece of YAML in a Markdown file, made whole so that it can be linted as a workflow. */
export interface Snippet {
  /** The file with the line where the snippet begins. */
  readonly place: string;
  /** The heading that it stands below. */
  readonly heading: string;
  readonly workflow: string;
}

/** The YAML blocks of a Markdown file: whole workflows as they are, jobs and steps with what they lack around them. */
export function snippetsIn(file: string, markdown: string): Snippet[] {
  return [...markdown.matchAll(/^( *)```ya?ml\n([\s\S]*?)^\1```$/gm)].map(
    ({ 1: indent = '', 2: block = '', index }) => {
      const above = markdown.slice(0, index);
      const heading = [...withoutCode(above).matchAll(/^#+ (.*)$/gm)].at(-1)?.[1] ?? '';
      const line = above.split('\n').length + 1;
      const text = block.replace(new RegExp(`^${indent}`, 'gm'), '');
      return { place: `${file}:${line}`, heading, workflow: madeWhole(text) };
    },
  );
}

/** What begins with # in a code block is no heading. */
function withoutCode(markdown: string): string {
  return markdown.replace(/^( *)```[\s\S]*?^\1```$/gm, '');
}

function madeWhole(text: string): string {
  if (/^on:/m.test(text)) return text;
  if (/^jobs:/m.test(text)) return `on: push\n${text}`;
  const steps = /^(?:steps:|- )/m.exec(text)?.[0];
  if (steps === undefined) return `on: push\njobs:\n${indented(text, 2)}`;
  const job = 'on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n';
  return steps === 'steps:' ? job + indented(text, 4) : `${job}    steps:\n${indented(text, 6)}`;
}

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

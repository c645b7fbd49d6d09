/**
 * The first of the known names that `text` (in lower case) almost is: equal without separators and plural s, or one
 * edit away (a character too many, too few, another, or two neighbours swapped).
 */
export function nearMiss(text: string, known: readonly string[]): string | undefined {
  return known.find((name) => bare(name) === bare(text)) ?? known.find((name) => oneEdit(text, name));
}

function bare(text: string): string {
  return text.replace(/[^a-z0-9]|s/g, '');
}

function oneEdit(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  const swapped = short[at] === long[at + 1] && short[at + 1] === long[at];
  return (
    short.slice(at + 1) === long.slice(at + 1) || (swapped && short.slice(at + 2) === long.slice(at + 2))
  );
}

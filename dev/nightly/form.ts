/** What is told word for word: everything of an error, and what the action judges by. */
const exact = new Set(['errors', 'error', 'code', 'role', '__typename', 'authorized', 'visibility']);

/**
 * An answer without what no two servers share: of a text or a number that it has some, of a list which forms its entries
 * have. Errors stay as they are, and so do the names of scopes.
 */
export function formOf(value: unknown, name = ''): unknown {
  if (exact.has(name)) return value;
  if (Array.isArray(value)) {
    // The answers of a batch have the order of its operations.
    if (name === '') return value.map((entry) => formOf(entry));
    const forms = value.map((entry) => JSON.stringify(name === 'scopes' ? nameIn(entry) : formOf(entry)));
    return [...new Set(forms)].toSorted();
  }
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  const entries = Object.entries(value).toSorted(([one], [other]) => one.localeCompare(other));
  return Object.fromEntries(entries.map(([key, inner]) => [key, formOf(inner, key)]));
}

/** The name of a scope of the server; those of a token are its own affair. */
function nameIn(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'name') : typeof entry;
}

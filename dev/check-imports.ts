/** Holds who may import whom: `node dev/check-imports.ts`. docs/design.md tells why the folders are apart. */
import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix, resolve } from 'node:path';

/** Files, and what they may import: files of the repository by their path, everything else by its name. */
interface Rule {
  readonly files: RegExp;
  readonly imports: RegExp;
}

const shared = 'src/(?!main|post)[^/]+';
/** What Node brings along, but nothing that speaks over a network. */
const node = 'node:(?!http|https|http2|net|tls|dgram|dns)[a-z_/]+';

/** The first rule that fits a file counts. */
const rules: readonly Rule[] = [
  { files: /^src\/speckle\/ask\.ts$/, imports: matching('src/speckle/.+', shared, node, 'graphql-request') },
  { files: /^src\/speckle\//, imports: matching('src/speckle/.+', shared, node) },
  { files: /^src\/http\//, imports: matching('src/http/.+', shared, 'node:.+') },
  { files: /^src\/action\//, imports: matching('src/.+/.+', shared, node, '@actions/.+') },
  { files: /^src\/(main|post)\.ts$/, imports: matching('src/.+/.+', shared, node) },
  { files: /^src\/[^/]+\.ts$/, imports: matching(shared, node) },
  { files: /^dev\//, imports: /^(?!__tests__\/)/ },
];

/** A sentence for every import in this file that no rule allows. */
export function forbiddenImports(file: string, text: string): string[] {
  const rule = rules.find(({ files }) => files.test(file));
  if (!rule) return [`${file} is in a folder for which there is no rule.`];
  return importsOf(text)
    .map((name) => (name.startsWith('.') ? posix.join(posix.dirname(file), name) : name))
    .map((name) => (isBuiltin(name) && !name.startsWith('node:') ? `node:${name}` : name))
    .filter((name) => !rule.imports.test(name))
    .map((name) => `${file} may not import ${name}.`);
}

/** What a file imports: statements, `import()` as an expression or a type. What is computed stands as its source. */
function importsOf(text: string): string[] {
  const statements = text.matchAll(/^(?:import|export)\b(?:[^;'"]*\bfrom)?\s*(['"])(.+?)\1/gm);
  const expressions = text.matchAll(/\b(?:import|require)\(\s*(?:(['"])(.+?)\1|([^)]*))/g);
  return [...statements, ...expressions].map(([, , name, computed]) => name ?? computed ?? '');
}

function matching(...patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.join('|')})$`);
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const files = ['src', 'dev'].flatMap((folder) =>
    readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => posix.join(folder, name.replaceAll('\\', '/'))),
  );
  const faults = files.flatMap((file) => forbiddenImports(file, readFileSync(resolve(root, file), 'utf8')));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log(`The imports of ${files.length} files keep to the rules.`);
}

/**
 * Writes the notes of a release from the changelog, with the line that pins it:
 *
 *     node dev/release-notes.ts vX.Y.Z COMMIT OWNER/REPOSITORY
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { version } from '../src/version.ts';

export interface Release {
  readonly tag: string;
  readonly commit: string;
  readonly repository: string;
}

/**
 * The part of the changelog below the heading of the version, then the line to write into a workflow.
 * @throws {Error} when the tag is of another version, or the changelog does not tell of it or not yet as released.
 */
export function releaseNotes({ tag, commit, repository }: Release, changelog: string): string {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but the version ${version}.`);
  const section = changelog.split(/^## /m).find((part) => part.startsWith(`${version} `)) ?? '';
  const [heading = '', ...lines] = section.split('\n');
  if (!/ \(\d{4}-\d{2}-\d{2}\)$/.test(heading))
    throw new Error(`The changelog has no heading like “## ${version} (2026-01-31)”.`);
  return `${lines.join('\n').trim()}

Pinned to what nobody can move:

\`\`\`yaml
- uses: ${repository}@${commit} # ${tag}
\`\`\`

\`gh attestation verify speckle-auth-action.tar.gz --repo ${repository}\` tells whether the archive below, which is what a
runner downloads, was built here.
`;
}

if (import.meta.main) {
  const [tag = '', commit = '', repository = ''] = process.argv.slice(2);
  const changelog = readFileSync(resolve(import.meta.dirname, '../CHANGELOG.md'), 'utf8');
  process.stdout.write(releaseNotes({ tag, commit, repository }, changelog));
}

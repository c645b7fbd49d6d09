import { describe, expect, test } from '@jest/globals';
import { releaseNotes } from '../../dev/release-notes.ts';
import { version } from '../../src/version.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const release = { tag: `v${version}`, commit, repository: 'owner/speckle-auth-action' };
const changelog = `# Changelog\n\n## 99.0.0 (2030-01-31)\n\n- Later.\n\n## ${version} (2026-01-31)\n\n- New.\n\n## 0.9.0 (2025-01-31)\n\n- Old.\n`;

describe('the notes of a release', () => {
  test('tell of this version alone, and the line that pins it', () => {
    const notes = releaseNotes(release, changelog);
    expect(notes).toContain(`- uses: owner/speckle-auth-action@${commit} # v${version}\n`);
    expect(notes).toMatch(/^- New\.\n/);
    expect(notes).not.toMatch(/Later|Old/);
  });

  test.each([
    ['the tag is of another version', { ...release, tag: 'v99.0.0' }, changelog, 'The tag is v99.0.0'],
    [
      'the version is not released yet',
      release,
      changelog.replaceAll('2026-01-31', 'not released yet'),
      'no heading',
    ],
    ['the changelog does not tell of it', release, '# Changelog\n', 'no heading'],
  ])('are refused when %s', (_, facts, text, fault) => {
    expect(() => releaseNotes(facts, text)).toThrow(fault);
  });
});

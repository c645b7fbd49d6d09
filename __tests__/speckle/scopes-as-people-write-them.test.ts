// The input scopes: any case, any separator, words for the usual sets, and the one that was probably meant.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canBeProbed, knownScopes, probes, readScopes } from '../../src/speckle/scopes.ts';

test('the table of the server’s description is whole', () => {
  expect(knownScopes).toHaveLength(23);
  expect(new Set(knownScopes).size).toBe(23);
  expect(knownScopes.filter((scope) => !canBeProbed(scope))).toEqual([
    'apps:write',
    'automate:report-results',
    'profile:delete',
    'tokens:write',
    'users:email',
    'workspace:create',
    'workspace:delete',
  ]);
  expect(new Set(probes.map(({ key }) => key)).size).toBe(probes.length);
});

test.each<[text: string, scopes: string]>([
  ['', 'profile:read'],
  ['read', 'profile:read streams:read'],
  ['Write', 'profile:read streams:read streams:write'],
  ['automate', 'automate:report-results profile:read streams:read streams:write'],
  [
    'Streams:Read, PROFILE:EMAIL\n\tusers:read;streams:read',
    'profile:email profile:read streams:read users:read',
  ],
  ['read users:invite', 'profile:read streams:read users:invite'],
  ['future:thing', 'future:thing profile:read'],
  ['future:very.new_thing:really', 'future:very.new_thing:really profile:read'],
])('%j means %s', (text, scopes) => {
  expect(readScopes(text)).toEqual({ scopes: scopes.split(' '), faults: [] });
});

test.each<[given: string, meant: string]>([
  ['stream:read', 'streams:read'],
  ['Streams-Read', 'streams:read'],
  ['streamsread', 'streams:read'],
  ['streams.reads', 'streams:read'],
  ['streams:raed', 'streams:read'],
  ['streams:wite', 'streams:write'],
  ['streams:writee', 'streams:write'],
  ['streams:wr1te', 'streams:write'],
  ['"streams:read"', 'streams:read'],
  ['profile_read', 'profile:read'],
  ['automate:reportresults', 'automate:report-results'],
  ['automatefunctions:read', 'automate-functions:read'],
  ['workspaces:read', 'workspace:read'],
  ['wirte', 'write'],
  ['reads', 'read'],
  ['automat', 'automate'],
])('%j is a near miss of %s', (given, meant) => {
  expect(readScopes(given)).toEqual({ scopes: ['profile:read'], faults: [{ given, meant }] });
});

test.each([
  ['a token', '0123456789abcdef0123456789abcdef0123456789'],
  ['a token after an area', 'token:a123456789abcdef0123456789abcdef0123456789'],
  ['HTML', '<b>'],
  ['a word that nobody knows', 'admin'],
  ['no action', 'streams:'],
  ['other letters', 'ströme:lesen'],
  ['too much', `area:${'x'.repeat(100)}`],
  ['too long an area', `${'x'.repeat(41)}:read`],
  ['too many parts', 'a:b:c:d'],
])('%s is no scope', (_, given) => {
  expect(readScopes(given)).toEqual({ scopes: ['profile:read'], faults: [{ given }] });
});

test('every fault is told, each once, beside what was understood', () => {
  expect(readScopes('<b> streams:write stream:read <b>')).toEqual({
    scopes: ['profile:read', 'streams:write'],
    faults: [{ given: '<b>' }, { given: 'stream:read', meant: 'streams:read' }],
  });
});

describe('one edit away from a known scope', () => {
  const scope = fc.constantFrom(...knownScopes);
  const character = fc.stringMatching(/^[a-z\d:-]$/);
  const edits: Record<string, (text: string, at: number, put: string) => string> = {
    added: (text, at, put) => text.slice(0, at) + put + text.slice(at),
    dropped: (text, at) => text.slice(0, at) + text.slice(at + 1),
    replaced: (text, at, put) => text.slice(0, at) + put + text.slice(at + 1),
    swapped: (text, at) =>
      text.slice(0, at) +
      text
        .slice(at, at + 2)
        .split('')
        .toReversed()
        .join('') +
      text.slice(at + 2),
  };
  test.each(Object.entries(edits))('a character %s', (_, edit) => {
    fc.assert(
      fc.property(scope, fc.nat(30), character, (name, place, put) => {
        const given = edit(name, place % name.length, put);
        const fault = { given, meant: expect.any(String) };
        expect(readScopes(given).faults).toEqual(knownScopes.includes(given) ? [] : [fault]);
      }),
    );
  });

  test('two edits away is taken, as a scope of the future', () => {
    expect(readScopes('streams:wipe').faults).toEqual([]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { card as cardOf } from '../../src/action/card.ts';
import { textsOf } from '../../src/action/inputs.ts';
import { readInputs } from '../../src/action/read-inputs.ts';
import type { Outcome } from '../../src/action/outcome.ts';
import { createCleaner } from '../../src/clean.ts';

const blank = textsOf(() => '');
const outcome: Outcome = {
  status: 'verified',
  message: 'The token belongs to Ada at https://app.speckle.systems.',
  inputs: readInputs({ ...blank, project: 'abc' }, {}, () => Buffer.of()).inputs,
  variables: { SPECKLE_TOKEN: 'secret' },
  warnings: [],
  notices: [],
  verdict: {
    server: { name: 'My server', version: '2.31.14' },
    user: { id: 'a097e60aae', name: 'Ada', email: 'ada@example.com', role: 'server:user' },
    scopes: { held: ['profile:read', 'streams:read'], missing: [], unverified: ['foo:bar'], excess: [] },
    project: { id: 'abc', name: 'Bridge', role: 'stream:owner' },
    expiresAt: new Date('2027-01-01T00:00:00Z'),
    warnings: [],
    notices: [],
  },
};

const card = (told: Outcome): string => cardOf(told, createCleaner([]));

describe('the card', () => {
  test('shows who, where, scopes, project, expiry and what was exported, but no email and no value', () => {
    const html = card({ ...outcome, warnings: ['It expires soon.'] });
    for (const part of [
      '✅ Speckle: verified',
      outcome.message,
      '<code>My server</code> <code>2.31.14</code> <code>https://app.speckle.systems</code>',
      '<code>Ada</code> <code>a097e60aae</code> <code>server:user</code>',
      '<code>profile:read</code> <code>streams:read</code>',
      '<code>foo:bar</code>',
      '<code>Bridge</code> <code>abc</code> <code>stream:owner</code>',
      '2027-01-01T00:00:00.000Z',
      '<code>SPECKLE_TOKEN</code>',
      '⚠️ It expires soon.',
    ])
      expect(html).toContain(part);
    expect(html).not.toMatch(/ada@example|secret/);
  });

  test('is one block of HTML, whatever names hold', () => {
    const name =
      '\n\n# x\n<img src=x> [a](https://evil.example.com) ![b](//c) | `d` **e** www.evil.example.com\u2028@team';
    const html = card({
      ...outcome,
      message: `The token belongs to ${name}.`,
      verdict: { ...outcome.verdict, user: { id: name, name }, warnings: [], notices: [] },
      warnings: [name],
    });
    expect(html.trim()).not.toMatch(/\n\s*\n/);
    for (const part of ['<img', '[a]', '](', '![', '**', '`', ' | ', '://evil', 'www.evil', '@team', '\n#'])
      expect(html).not.toContain(part);
  });

  test('says what is missing and what to do', () => {
    const html = card({
      ...outcome,
      status: 'missing-scope',
      message: 'It lacks streams:write. Make another.',
      variables: {},
    });
    expect(html).toContain('❌ Speckle: missing-scope');
    expect(html).toContain('It lacks streams:write. Make another.');
    expect(html).not.toContain('For later steps');
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createCleaner } from '../../src/clean.ts';

const token = '0123456789abcdef0123456789abcdef0123456789';
const clean = createCleaner([token]);

describe('a piece of a token', () => {
  test.each([
    ['whole', token],
    ['cut', token.slice(5, 25)],
    ['eight characters', token.slice(7, 15)],
    ['in capitals', token.toUpperCase()],
    ['in Base64', Buffer.from(token).toString('base64')],
    ['in Base64 behind something', Buffer.from(`x:${token}`).toString('base64').slice(3)],
    ['in hexadecimal', Buffer.from(token).toString('hex')],
    ['percent-encoded', Buffer.from(token).toString('hex').replace(/../g, '%$&')],
    ['percent-encoded here and there', `01234%356%37${token.slice(8)}`],
    ['escaped as in JSON', token.replaceAll('3', String.raw`\u0033`)],
    ['escaped as in HTML', token.replaceAll('3', '&#x33;').replaceAll('5', '&#53;')],
  ])('%s is hidden', (_, piece) => {
    const told = clean.value(`before ${piece} behind`);
    expect(told.startsWith('before ***')).toBe(true);
    expect(told.endsWith(' behind')).toBe(true);
    expect(told.length).toBeLessThan(35);
  });

  test('of seven characters stays', () => {
    expect(clean.value(token.slice(0, 7))).toBe(token.slice(0, 7));
  });

  test('never remains, whatever stands around it', () => {
    const pieces = fc
      .tuple(fc.nat(34), fc.integer({ min: 8, max: 42 }))
      .map(([at, length]) => token.slice(at, at + length));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), pieces)), (parts) => {
        const told = clean.line(parts.join(''), 10_000).toLowerCase();
        for (let at = 0; at + 8 <= token.length; at++) expect(told).not.toContain(token.slice(at, at + 8));
      }),
    );
  });
});

describe('a secret with characters that mean something', () => {
  test.each([
    // What remains at both sides of a piece makes up another one.
    ['********abcdefghijkl', '********abcdefgh**********', 3],
    ['# #[abcdefghijklmnop', '##[abcdefg', 10],
    ['<a"b>&\'c<d"e>&\'f<g"h', '&lt;a&quot;b&gt;&amp;&#39;c&lt;d&quot;e&gt;&amp;', 3],
    [String.raw`a\"b\"c\"d\"e\"f\"g`, String.raw`a\\\"b\\\"c\\\"d\\\"e\\\"f\\\"g`, 3],
    ['>>>???>>>???>>>???>>>', Buffer.from('>>>???>>>???>>>???>>>').toString('base64url'), 3],
    ['>>>???>>>???>>>???>>>', Buffer.from('>>>???>>>???>>>???>>>').toString('base64'), 3],
  ])('%s in %s', (secret, text, longest) => {
    const told = createCleaner([secret]).line(text);
    expect(told).toContain('***');
    expect(told.length).toBeLessThanOrEqual(longest);
  });

  test('has in common with an address what may be shown', () => {
    const address = 'https://app.speckle.systems';
    const pasted = createCleaner([`SPECKLE_SERVER=${address}\nTOKEN=${token}`], [address]);
    expect(pasted.line(`(${address}) got ${token}`)).toBe(`(${address}) got ***`);
  });
});

test('a value is bounded, and hidden even where it is cut', () => {
  const told = clean.value('x'.repeat(3990) + token.repeat(1000));
  expect(told).toBe(`${'x'.repeat(3990)}***…`);
});

describe('a line', () => {
  test.each([
    ['::error::boo', ': :error::boo'],
    ['  ::set-output name=a::b', ': :set-output name=a::b'],
    ['a ##[error]b', 'a # #[error]b'],
    ['a\r\n::error::b', 'a  ::error::b'],
    ['\u001b[31mred\u0007', ' [31mred '],
    ['a\u202Eb\u2066c\u2028d', 'a b c d'],
  ])('%j is printed as %j', (text, line) => {
    expect(clean.line(text)).toBe(line);
  });

  test('is cut, and never in the middle of a character', () => {
    expect(clean.line('x'.repeat(300), 10)).toBe('xxxxxxxxx…');
    expect(clean.line('😀'.repeat(300), 10)).toBe(`${'😀'.repeat(9)}…`);
  });
});

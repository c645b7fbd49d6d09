import { describe, expect, test } from '@jest/globals';
import { tokenFault } from '../../src/action/token-fault.ts';
import { tokenHint } from '../../src/speckle/token.ts';

const token = '0123456789abcdef0123456789abcdef0123456789';

describe('a token', () => {
  test.each([token, token.toUpperCase(), `${token}xyz`, 'an-app-token-of-20-ch', '===================='])(
    '%s may be one',
    (value) => {
      expect(tokenFault(value)).toBeUndefined();
    },
  );

  test.each([
    [`Bearer ${token}`, 'Bearer'],
    [`bearer\t${token}`, 'Bearer'],
    [`Authorization: Bearer ${token}`, 'Bearer'],
    ['SPECKLE_TOKEN', 'name of a secret'],
    ['OTHER_SPECKLE_TOKEN_2', 'name of a secret'],
    ['secrets.SPECKLE_TOKEN', 'name of a secret'],
    ['${{ secrets.SPECKLE_TOKEN }}', 'name of a secret'],
    ['${{vars.SPECKLE_TOKEN}}', 'name of a secret'],
    ['${SPECKLE_TOKEN}', 'name of a secret'],
    ['$env:SPECKLE_TOKEN', 'name of a secret'],
    ['%SPECKLE_TOKEN%', 'name of a secret'],
    [`"${token}"`, 'quotation marks'],
    [`'${token}'`, 'quotation marks'],
    [`“${token}”`, 'quotation marks'],
    [`\`${token}`, 'quotation marks'],
    [`<${token}>`, 'brackets'],
    [`${token},`, 'comma'],
    [`SPECKLE_TOKEN=${token}`, 'equals sign'],
    [`export SPECKLE_TOKEN=${token}`, 'equals sign'],
    [`TOKEN = ${token}`, 'equals sign'],
    [`${token.slice(0, 20)} ${token.slice(20)}`, 'space'],
    [`${token}\n${token}`, 'line break'],
    [`${token.slice(0, 20)}\u0000${token.slice(20)}`, 'control character'],
    [`${token.slice(0, 20)}\u00a0${token.slice(20)}`, 'space'],
    [`${token.slice(0, 20)}ü${token.slice(20)}`, 'ASCII'],
    [token.slice(0, 19), 'shorter than 20'],
    [token.repeat(30), 'longer than'],
    [`ghp_${token}`, 'GitHub'],
    [`ghs_${token}`, 'GitHub'],
    [`github_pat_${token}`, 'GitHub'],
    [`glpat-${token}`, 'GitLab'],
    [`xoxb-${token}`, 'Slack'],
    [`AKIA${token}`, 'AWS'],
    [`eyJ${token}.${token}`, 'web token'],
    ['https://app.speckle.systems/projects/abc', 'address'],
    ['app.speckle.systems', 'address'],
    ['speckle.example.com:3000/graphql', 'address'],
  ])('%j cannot be one (%s)', (value, fault) => {
    const told = tokenFault(value);
    expect(told).toContain(fault);
    expect(told).not.toContain(token.slice(0, 8));
  });
});

test('the hint is three characters, for 42 hexadecimal characters alone', () => {
  expect(tokenHint(token)).toBe('012…');
  expect(tokenHint(`${token}x`)).toBeUndefined();
  expect(tokenHint(token.slice(1))).toBeUndefined();
});

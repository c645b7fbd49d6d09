// People paste secrets into the wrong field. What is a secret by its form or its place is shown nowhere, and masked.
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exploration, failureOf, patience } from '../exploration.ts';
import { inputNames, textsOf } from '../../src/action/inputs.ts';
import { masksFor } from '../../src/action/masks.ts';
import { inProcess } from './in-process.ts';
import { findPieces, piecesOf } from './pieces-of-a-secret.ts';
import { shownTexts } from './steps.ts';

const here = inProcess();
afterAll(() => here.remove());

const hex = fc.string({
  unit: fc.constantFrom(...'0123456789abcdefABCDEF'.split('')),
  minLength: 42,
  maxLength: 42,
});
const word = fc.string({
  unit: fc.constantFrom(...'0123456789abcdefXYZ_'.split('')),
  minLength: 20,
  maxLength: 40,
});
const password = fc
  .string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 8,
    maxLength: 30,
  })
  .map((text) => encodeURIComponent(text))
  .filter((text) => text.length >= 8);

const byForm = fc.oneof(
  { weight: 3, arbitrary: hex },
  fc
    .tuple(fc.constantFrom('ghp_', 'github_pat_', 'glpat-', 'xoxb-', 'AKIA', 'eyJ'), word)
    .map((parts) => parts.join('')),
);
const wrappings: ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `Bearer ${secret}`,
  (secret) => `"${secret}"`,
  (secret) => `SPECKLE_TOKEN=${secret}`,
  (secret) => `true\r\n${secret}\r\n`,
  (secret) => `read ${secret}, write`,
  (secret) => `https://app.speckle.systems/projects/${secret}`,
  (secret) => `https://app.speckle.systems/projects/abc/models/def@${secret}`,
  (secret) => `https://${secret}.example.com`,
  (secret) => `${secret}@example.com`,
  (secret) => `https://app.speckle.systems/?token=${secret}#${secret}`,
];
const wrapped = fc.oneof(
  fc.tuple(byForm, fc.constantFrom(...wrappings)),
  fc.tuple(
    password,
    fc.constantFrom(
      (secret: string) => `https://user:${secret}@example.com`,
      (secret: string) => `user:${secret}@example.com:8080/projects/abc`,
      (secret: string) => `ftp://user:${secret}@example.com`,
      (secret: string) => `https://app.speckle.systems/projects/abc?embedToken=${secret}`,
    ),
  ),
);

const many = exploration(600);
test(
  'it does not show',
  async () => {
    const names = inputNames.filter((name) => name !== 'token');
    const property = fc.asyncProperty(fc.constantFrom(...names), wrapped, async (name, [secret, wrap]) => {
      const value = wrap(secret);
      const told = await here.run({ [name]: value }, {});
      const leaks = findPieces(piecesOf(secret), shownTexts(told));
      expect(leaks).toEqual([]);
      const masks = masksFor(
        textsOf((each) => (each === name ? value : '')),
        {},
      ).join('\n');
      // Of a file of certificates nothing can be told by its form alone.
      expect(name === 'ca-certificate' || masks.includes(secret)).toBe(true);
    });
    const details = await fc.check(property, { ...many, endOnFailure: true });
    expect(failureOf(details)).toBeUndefined();
  },
  patience(many),
);

import fc from 'fast-check';
import type { InputName } from '../../src/action/inputs.ts';

/** Values that people mean well; those that a server must know are given by each test. */
const good: Readonly<Record<InputName, readonly string[]>> = {
  token: [],
  server: [],
  scopes: [
    'profile:read',
    'read',
    'write',
    'automate',
    'Profile:Read, streams:read;users:read',
    'future:thing',
  ],
  'excess-scopes': ['ignore', 'ignore', 'warn', 'fail', 'Warn'],
  project: ['', ''],
  permission: ['read', 'write', 'READ'],
  'allowed-users': ['', ''],
  'on-missing-token': ['fail', 'skip', 'Skip'],
  'export-env': ['true', 'false', 'TRUE', 'False'],
  'env-prefix': ['', 'SOURCE_', '_', 'x1_'],
  'output-token': ['true', 'false', 'True'],
  'account-file': ['true', 'false', 'FALSE'],
  'ca-certificate': [''],
  'verify-certificate': ['true', 'false'],
  timeout: ['60', '1', '2.5', '3600', '0060'],
  summary: ['true', 'false'],
};

/** What YAML, other languages and other people take for a truth, a number or nothing. */
const words = [
  'true True TRUE tRuE false False FALSE yes Yes YES no No NO on On ON off Off OFF y Y n N',
  '~ null Null NULL undefined NaN Infinity [] {} "" \'\' [object Object] __proto__ constructor toString',
  '1 0 -1 -0 +5 1e3 0x10 1_000 1,5 .5 5. 60s 3601 1e999 ٣ １２',
  '${{ secrets.X }} $X %X% ../../etc/passwd C:\\Windows - -- :: ##[ | >- &a *a !!str #',
].flatMap((line) => line.split(' '));

/** Without NUL, which no environment can hold. */
const anything = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.integer({ min: 1, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 60,
  }),
  fc.string({
    unit: fc.integer({ min: 1, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 30,
  }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.emailAddress(),
  fc.json(),
  fc.constantFrom(...words),
);

const units = [
  'a',
  'f0',
  ' ',
  '\n',
  '\t',
  'é',
  '😀',
  'a.',
  'a:',
  'a@',
  'a,',
  '/',
  '-',
  'A=',
  '%',
  '&',
  '\\',
  '"',
  '*',
];
const middles = [
  '',
  ' ',
  '\n',
  '@',
  ':',
  '::error::',
  '=',
  '.',
  '/',
  '?embedToken=',
  '-----BEGIN CERTIFICATE-----',
];

/** About 100 kB of one kind of character, with another in the middle. */
const huge = fc.tuple(fc.constantFrom(...units), fc.constantFrom(...middles)).map(([unit, middle]) => {
  const half = unit.repeat(Math.floor(50_000 / Buffer.byteLength(unit)));
  return half + middle + half;
});

/** What editors, shells and YAML make of a value. */
function asWritten(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const changes: ((text: string) => string)[] = [
    (text) => text,
    (text) => text,
    (text) => `${text}\r\n`,
    (text) => `\r\n\r\n  ${text}\t\r\n`,
    (text) => `\uFEFF${text}`,
    (text) => `"${text}"`,
    (text) => `'${text}'`,
    (text) => text.toUpperCase(),
    (text) => `${text}\u00A0`,
    (text) => `- ${text}`,
    (text) => text.replaceAll(' ', '\r\n'),
    (text) => text + text,
  ];
  return fc.tuple(value, fc.constantFrom(...changes)).map(([text, change]) => change(text));
}

export interface Rates {
  /** How many of a hundred values are what nobody means. */
  readonly odd: number;
  readonly huge: number;
}

/** A value of an input: one that is taken, perhaps written in an odd way, or anything at all. */
export function valueOf(
  name: InputName,
  given: readonly string[],
  { odd, huge: large }: Rates,
): fc.Arbitrary<string> {
  const all = [...good[name], ...given];
  const others = fc.oneof(...Object.values(good).map((values) => fc.constantFrom('', ...values)));
  return fc
    .oneof(
      { weight: 100 - odd - large, arbitrary: fc.constantFrom(...all) },
      { weight: odd / 4, arbitrary: asWritten(fc.constantFrom(...all)) },
      { weight: odd / 4, arbitrary: others },
      { weight: odd / 2, arbitrary: asWritten(anything) },
      { weight: large, arbitrary: huge },
    )
    .map((value) => value.replaceAll('\0', ''));
}

/** All inputs at once. */
export function inputsOf(
  given: Partial<Record<InputName, readonly string[]>>,
  rates: Rates,
): fc.Arbitrary<Record<InputName, string>> {
  const names = Object.keys(good) as InputName[];
  const values = names.map((name) => [name, valueOf(name, given[name] ?? [], rates)] as const);
  return fc.record(Object.fromEntries(values) as Record<InputName, fc.Arbitrary<string>>);
}

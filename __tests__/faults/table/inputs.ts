import type { Row, Section, Situation } from '../row.ts';

const before = { requests: 0, lasts: 'at once' } as const;
const here = { full_name: 'owner/repository' };
const hex = 'd41d8cd98f00b204e9800998ecf8427e5b1f07c3a9';

const given =
  (inputs: Record<string, string>, more: Omit<Situation, 'inputs'> = {}): Row['make'] =>
  async () => ({ inputs, ...more });

const malformed = (what: string, token: string): Row => ({
  what: `The token ${what}`,
  make: given({ token }),
  code: 'malformed-token',
  ...before,
});

const rows: readonly Row[] = [
  {
    what: 'An input cannot be understood',
    make: given({ timeout: 'soon' }),
    code: 'invalid-input',
    ...before,
  },
  {
    what: 'Several inputs cannot be understood',
    make: given({ scopes: 'stream:read', server: 'https://speckle example com', 'ca-certificate': 'ca.pem' }),
    code: 'invalid-input',
    ...before,
  },
  {
    what: 'The runner has no file for outputs',
    make: given({}, { without: ['GITHUB_OUTPUT'] }),
    code: 'invalid-input',
    ...before,
  },
  { what: 'No token came', make: given({ token: '' }), code: 'missing-token', ...before },
  {
    what: 'No token came, and a fork started the run',
    make: given(
      { token: '' },
      { event: { repository: here, pull_request: { head: { repo: { full_name: 'somebody/repository' } } } } },
    ),
    code: 'missing-token',
    ...before,
  },
  {
    what: 'No token came, and Dependabot started the run',
    make: given({ token: '' }, { env: { GITHUB_ACTOR: 'dependabot[bot]' } }),
    code: 'missing-token',
    ...before,
  },
  {
    what: 'The only token belongs to another server',
    make: given(
      { token: '', server: 'https://speckle.example.com' },
      { env: { SPECKLE_TOKEN: hex, SPECKLE_SERVER: 'https://other.example.com' } },
    ),
    code: 'missing-token',
    ...before,
  },
  {
    what: 'No token came, and that is allowed',
    make: given({ token: '', 'on-missing-token': 'skip' }),
    code: 'skipped',
    ...before,
  },
  malformed('is the name of a secret, without its braces', 'secrets.SPECKLE_TOKEN'),
  malformed('begins with the word Bearer', `Bearer ${hex}`),
  malformed('is in quotation marks', `"${hex}"`),
  malformed('is a line with a name', `SPECKLE_TOKEN=${hex}`),
  malformed('is a secret of another service', 'ghp_000000000000000000000000000000000000'),
  malformed('is an address', 'https://speckle.example.com'),
  malformed('has two lines', `${hex}\n${hex}`),
  malformed('has a blank inside', `${hex.slice(0, 20)} ${hex.slice(20)}`),
  malformed('has other characters than ASCII', `${hex.slice(0, 41)}é`),
  malformed('is cut off', hex.slice(0, 12)),
  malformed('is a whole file', `${hex}:`.repeat(30)),
];

export const inputs: Section = {
  title: 'Before anything is sent',
  intro: 'What can be told without the server.',
  rows,
};

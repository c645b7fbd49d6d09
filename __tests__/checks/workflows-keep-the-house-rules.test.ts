import { describe, expect, test } from '@jest/globals';
import { brokenHouseRules } from '../../dev/check-workflows/house-rules.ts';
import { undeclaredNames } from '../../dev/check-workflows/own-steps.ts';
import { snippetsIn } from '../../dev/check-workflows/snippets.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const workflow = `
on: push
permissions: {}
jobs:
  job:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@${commit} # v7.0.1
        with:
          persist-credentials: false
      - uses: ./
        id: speckle
        with:
          token: \${{ secrets.SPECKLE_TOKEN }}
      - run: test "$STATUS" = verified
        env:
          STATUS: \${{ steps.speckle.outputs.status }}
`;

describe('workflows keep the house rules', () => {
  test('nothing is told of one that does', () => {
    expect(brokenHouseRules('ci.yml', workflow)).toEqual([]);
  });

  test.each([
    ['permissions: {}\n', '', 'ci.yml: permissions: {} is not set at the top.'],
    ['permissions: {}', 'permissions: read-all', 'ci.yml: permissions: {} is not set at the top.'],
    [commit, 'v7', 'ci.yml: actions/checkout@v7 is not pinned to a commit.'],
    [' # v7.0.1', '', `ci.yml: actions/checkout@${commit} has no version like # v1.2.3 beside it.`],
    [' # v7.0.1', ' # v7', `ci.yml: actions/checkout@${commit} has no version like # v1.2.3 beside it.`],
    [
      'persist-credentials: false',
      'fetch-depth: 0',
      'ci.yml: a checkout does not say persist-credentials: false.',
    ],
    [
      'test "$STATUS" = verified',
      'echo ${{ github.head_ref }}',
      'ci.yml: an expression is put into a script, where env: is safe: echo ${{ github.head_ref }}.',
    ],
  ])('with %j become %j it is told', (right, wrong, fault) => {
    expect(brokenHouseRules('ci.yml', workflow.replace(right, wrong))).toEqual([fault]);
  });
});

describe('the jobs of a pull request are gathered in one', () => {
  test.each([
    ['pull_request', '  all: { needs: [one, two] }\n', []],
    ['pull_request', '  all: { needs: two }\n', ['one']],
    ['pull_request', '', ['one', 'two']],
    ['push', '', []],
  ])('on %s with %j', (on, all, forgotten) => {
    const jobs = `on: { ${on}: }\npermissions: {}\njobs:\n  one: {}\n  two: {}\n${all}`;
    expect(brokenHouseRules('ci.yml', jobs)).toEqual(
      forgotten.map((job) => `ci.yml: the job ${job} is not among the needs of a job named all.`),
    );
  });
});

describe('workflows use only what action.yml declares', () => {
  const declared = { inputs: new Set(['token']), outputs: new Set(['status']) };

  test.each([
    ['token:', 'tokn:', 'this action has no input tokn'],
    ['outputs.status', 'outputs.state', 'this action has no output state'],
    ['uses: ./', 'uses: owner/speckle-auth-action@v1', undefined],
  ])('%s, then %s', (right, wrong, fault) => {
    const told = undeclaredNames('ci.yml', workflow.replace(right, wrong), declared);
    expect(told).toEqual(fault === undefined ? [] : [`ci.yml: ${fault}.`]);
  });

  test('what other steps give is left alone', () => {
    const other = workflow.replace('steps.speckle.outputs.status', 'steps.other.outputs.state');
    expect(undeclaredNames('ci.yml', other, declared)).toEqual([]);
  });
});

describe('snippets of Markdown become whole workflows', () => {
  const job = 'on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n';

  test.each([
    ['a workflow', 'on: push\njobs: {}\n', 'on: push\njobs: {}\n'],
    ['jobs', 'jobs:\n  a: {}\n', 'on: push\njobs:\n  a: {}\n'],
    ['a job', 'a:\n  runs-on: macos-latest\n', 'on: push\njobs:\n  a:\n    runs-on: macos-latest\n'],
    ['steps', 'steps:\n  - run: ls\n', `${job}      - run: ls\n`],
    ['a list of steps', '- run: ls\n\n- run: pwd\n', `${job}      - run: ls\n\n      - run: pwd\n`],
  ])('%s', (_, text, whole) => {
    const markdown = `# Recipes\n\n\`\`\`yaml\n${text}\`\`\`\n`;
    expect(snippetsIn('README.md', markdown)).toEqual([
      { place: 'README.md:4', heading: 'Recipes', workflow: whole },
    ]);
  });

  test('blocks of another language are left alone, indented ones are taken', () => {
    const markdown = '# Steps\n\n```sh\n# no heading\n```\n\n1. So:\n   ```yml\n   - run: ls\n   ```\n';
    expect(snippetsIn('a.md', markdown)).toEqual([
      { place: 'a.md:9', heading: 'Steps', workflow: `${job}      - run: ls\n` },
    ]);
  });
});

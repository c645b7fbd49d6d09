import { describe, expect, test } from '@jest/globals';
import { compareNames, type Names } from '../../dev/check-names/compare.ts';

const manifest = {
  description: '',
  inputs: new Map([
    ['token', undefined],
    ['timeout', '60'],
  ]),
  outputs: ['status', 'message'],
  entries: [],
};
const names: Names = {
  inputs: ['token', 'timeout'],
  outputs: ['status', 'message'],
  variables: ['SPECKLE_TOKEN', 'SPECKLE_SERVER'],
  statusCodes: ['verified', 'timeout'],
};
const readme = `
# Speckle Auth
| input | default |
| --- | --- |
| \`of-another-section\` | – |

## Inputs
### Who and where
| input | default | meaning |
| --- | --- | --- |
| \`token\` | env \`SPECKLE_TOKEN\` | The token \\| its form. |

### How
| input | default | meaning |
| --- | --- | --- |
| \`timeout\` | \`60\` | Seconds. |

## Outputs
| output | meaning |
| --- | --- |
| \`status\`, \`message\` | How it ended. |

## Environment
| variable | meaning |
| --- | --- |
| \`SPECKLE_TOKEN\` | The token. |
| \`SPECKLE_SERVER\` | The server. |

## Status codes
| code | meaning |
| --- | --- |
| \`verified\`, \`timeout\` | All. |
`;

describe('names are the same everywhere', () => {
  test('nothing is told when they are', () => {
    expect(compareNames(manifest, readme, names, names)).toEqual([]);
  });

  test.each([
    ['an input', '| `timeout`', '| `time-out`', 'input timeout: in action.yml, but not in README.md.'],
    ['a default', '`60`', '`90`', 'default timeout: 60: in action.yml, but not in README.md.'],
    [
      'a default that is none',
      'env `SPECKLE_TOKEN`',
      '`none`',
      'default token: none: in README.md, but not in action.yml.',
    ],
    ['an output', '`message`', '`text`', 'output message: in action.yml, but not in README.md.'],
    ['a variable', '| `SPECKLE_SERVER`', '| `SERVER`', 'variable SERVER: in README.md, but not in the code.'],
    ['a status code', '`verified`', '`ok`', 'status code ok: in README.md, but not in the code.'],
  ])('%s that the README has otherwise is told', (_, right, wrong, fault) => {
    expect(compareNames(manifest, readme.replace(right, wrong), names, names)).toContain(fault);
  });

  test.each([
    [{ inputs: ['token'] }, 'input timeout: in action.yml, but not in what runs read.'],
    [{ outputs: ['status', 'message', 'extra'] }, 'output extra: in what runs set, but not in action.yml.'],
    [{ variables: ['SPECKLE_TOKEN'] }, 'variable SPECKLE_SERVER: in README.md, but not in what runs export.'],
    [{ statusCodes: ['odd'] }, 'status code odd: in what runs set, but not in the code.'],
  ])('what runs do otherwise is told: %j', (runs, fault) => {
    expect(compareNames(manifest, readme, names, { ...names, ...runs })).toEqual([fault]);
  });

  test('what the code lists otherwise is told', () => {
    expect(
      compareNames(manifest, readme, { ...names, statusCodes: ['verified'] }, { ...names, statusCodes: [] }),
    ).toEqual(['status code timeout: in README.md, but not in the code.']);
  });

  test('a README without a table is refused', () => {
    expect(() => compareNames(manifest, readme.replace('## Outputs', '## Results'), names, names)).toThrow(
      'There is no heading “Outputs”.',
    );
  });
});

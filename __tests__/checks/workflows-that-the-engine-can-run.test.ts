// What dev/act.ts makes of a workflow: this action from the working folder, tools of the host, and all else as it stands.
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { derive } from '../../dev/act/derive.ts';

const texts = { 'https://speckle.example.com': 'https://127.0.0.1:1', 'localhost:3000': 'localhost:4000' };

test('a job of the docs runs this action from the working folder, against the given server', () => {
  const workflow = `
on: { schedule: [{ cron: '0 6 * * 1' }] }
jobs:
  report:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-python@v7
      - uses: <owner>/speckle-auth-action@v1
        with: { token: '\${{ secrets.SPECKLE_TOKEN }}', server: https://speckle.example.com }
      - run: curl localhost:3000
`;
  const steps = [
    { uses: 'actions/checkout@v7' },
    { uses: './', with: { token: '${{ secrets.SPECKLE_TOKEN }}', server: 'https://127.0.0.1:1' } },
    { run: 'curl localhost:4000' },
  ];
  expect(parse(derive(workflow, texts))).toEqual({
    on: 'push',
    jobs: { report: { 'runs-on': 'ubuntu-latest', steps } },
  });
});

test('a workflow of this repository keeps its steps and loses systems and jobs that are not here', () => {
  const workflow = `
jobs:
  self-test:
    strategy: { matrix: { os: [ubuntu-latest, macos-latest, windows-latest] } }
    steps:
      - uses: actions/checkout@0123456789012345678901234567890123456789 # v7.0.1
      - run: npm ci
      - uses: ./
  container:
    steps:
      - uses: docker/build-push-action@v7
`;
  const steps = [{ uses: 'actions/checkout@0123456789012345678901234567890123456789' }, { uses: './' }];
  const strategy = { matrix: { os: ['ubuntu-latest'] } };
  expect(parse(derive(workflow, texts, { jobs: ['container'] }))).toEqual({
    on: 'push',
    jobs: { 'self-test': { strategy, steps } },
  });
  expect(() => derive(workflow, texts)).toThrow('docker/build-push-action@v7');
  expect(() => derive(workflow, texts, { jobs: ['elsewhere'] })).toThrow('elsewhere');
});

test('service containers and steps that call docker are left out where there are none', () => {
  const workflow = `
jobs:
  server:
    services: { redis: { image: valkey/valkey } }
    steps:
      - uses: actions/checkout@v7
      - run: docker run image
      - run: curl localhost:3000
`;
  const steps = [{ uses: 'actions/checkout@v7' }, { run: 'curl localhost:4000' }];
  expect(parse(derive(workflow, texts, { containers: true }))).toEqual({
    on: 'push',
    jobs: { server: { steps } },
  });
});

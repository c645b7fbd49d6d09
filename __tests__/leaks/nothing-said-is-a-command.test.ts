// Whatever a server writes: to the runner no line is a command but our own, and no value is cut into several.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exploration, failureOf, patience } from '../exploration.ts';
import { AnsweringServers } from './answering-servers.ts';
import { commandsIn } from './commands.ts';
import { inProcess } from './in-process.ts';
import { asRunner, steps, takeStep, type LeakStep, type RunStep } from './steps.ts';
import { wellFormedTokens } from './tokens.ts';
import { expectTyped } from './typed-result.ts';

let servers: AnsweringServers;
const here = inProcess();
beforeAll(async () => {
  servers = await AnsweringServers.start();
});
afterAll(async () => {
  here.remove();
  await servers.close();
});

/** Ends of lines, white space of all kinds, and what a terminal swallows. */
const beginnings = [
  '',
  ' ',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\v',
  '\f',
  '\u0085',
  '\u00A0',
  '\u2028',
  '\u2029',
  '\u3000',
].concat(['\uFEFF', '\u200B', '\u202E', '\u001b[2K', '\0', '\b', 'x\n', '\u1680 ', '#', '##']);
const commands = [
  '::add-mask::mark',
  '::error title=Speckle::mark',
  '::ERROR::mark',
  '::notice::mark',
  '::stop-commands::mark',
  '::set-output name=status::mark',
  '::set-env name=SPECKLE_TOKEN::mark',
  '::add-path::mark',
  '::group::mark',
  '::debug::mark',
  '::echo::mark',
  '##[group]mark',
  '##[add-mask]mark',
  '##[set-env name=NODE_OPTIONS;]mark',
  '###[error]mark',
  '#\u0000#[error]mark',
  '::error::mark%0A::error::mark',
  'ghadelimiter_x\nstatus=mark',
];

const hostile = fc
  .array(fc.tuple(fc.constantFrom(...beginnings), fc.constantFrom(...commands)), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.flat().join(''));

/** In all ways in which a server can write something, but as it stands. What is waited for in vain says nothing new. */
const hostileSteps = fc
  .tuple(steps, wellFormedTokens, hostile)
  .map(([step, token, writes]): LeakStep => {
    const { answer } = step;
    if (answer.kind === 'half') return step;
    const echo = { ...answer.echo, form: 'plain', from: 0, less: 0, before: '' } as const;
    return { ...step, token, writes, answer: { ...answer, echo } };
  })
  .filter(({ answer }) => answer.kind !== 'half' && !('bytes' in answer && answer.bytes === 'early end'));

async function check(step: LeakStep, run: RunStep): Promise<void> {
  const told = await takeStep(step, servers, run);
  expectTyped(told);
  // The masks come first of all: a server has no part in them.
  const said = commandsIn(told.stdout.replace(/^(::add-mask::.*\n)*/, ''));
  expect(said.filter(({ name, data }) => name === 'add-mask' || /^\s*mark/.test(data))).toEqual([]);
  expect(told.summary).not.toMatch(/^\s*::|##\[/m);
  for (const value of [...Object.values(told.outputs), ...Object.values(told.variables)])
    expect(value).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
}

const few = exploration(30);
test(
  'in processes of their own',
  async () => {
    const property = fc.asyncProperty(hostileSteps, (step) => check(step, asRunner()));
    const details = await fc.check(property, { ...few, endOnFailure: true });
    expect(failureOf(details)).toBeUndefined();
  },
  patience(few),
);

const many = exploration(150);
test(
  'in this process',
  async () => {
    const property = fc.asyncProperty(hostileSteps, (step) => check(step, here.run));
    const details = await fc.check(property, { ...many, endOnFailure: true });
    expect(failureOf(details)).toBeUndefined();
  },
  patience(many),
);

import * as core from '@actions/core';
import { createCleaner, type Cleaner } from '../clean.ts';
import { Failure } from '../failure.ts';
import { authenticate } from './authenticate.ts';
import { card } from './card.ts';
import { helpPage } from './help.ts';
import { textsOf, type Environment, type Reading } from './inputs.ts';
import { masksFor, openTexts } from './masks.ts';
import type { Found, Outcome } from './outcome.ts';
import { outputsOf } from './outputs.ts';
import { readPlainFile } from './plain-file.ts';
import { readInputs } from './read-inputs.ts';
import { createRunner, remember, type Tools } from './runner.ts';
import { internalError } from './texts.ts';

/**
 * The whole step: mask, read, verify, export, report. It never throws: whatever goes wrong is reported as a failure.
 * @param crashed rejects with what nobody caught
 */
export async function run(environment: Environment, crashed: Promise<never>): Promise<void> {
  try {
    await step(environment, crashed);
  } catch (error) {
    reportFaultOfReport(error, environment);
  }
}

async function step(environment: Environment, crashed: Promise<never>): Promise<void> {
  const texts = textsOf((name) => core.getInput(name, { trimWhitespace: false }));
  const masks = masksFor(texts, environment);
  for (const mask of masks) core.setSecret(mask);
  const reading = readInputs(texts, environment, readPlainFile);
  const clean = createCleaner(masks, openTexts(reading));
  await conclude(reading, { runner: createRunner(clean, environment), clean, environment, crashed });
}

/** From inputs that have been read to what is told of them. */
export async function conclude(reading: Reading, tools: Omit<Tools, 'say'>): Promise<void> {
  const { runner, clean } = tools;
  const found: Found = {
    inputs: reading.inputs,
    warnings: [],
    notices: [],
    variables: {},
    undo: [],
  };
  const say = {
    warning: (text: string) => remark(found.warnings, text, (line) => runner.warning(line)),
    notice: (text: string) => remark(found.notices, text, (line) => runner.notice(line)),
  };
  const outcome = await authenticate(reading, found, { ...tools, say }).then(
    (message): Outcome => ({ ...found, status: 'verified', message }),
    (error: unknown) => {
      takeBack(found);
      return ended(error, found, clean);
    },
  );
  found.undo.push(remember(tools.environment['GITHUB_OUTPUT']));
  try {
    await report(outcome, tools);
  } catch (error) {
    takeBack(found);
    throw error;
  }
}

/** Nothing that was written or exported outlasts a failure. */
function takeBack({ undo }: Found): void {
  for (const undoOne of undo.splice(0).toReversed())
    try {
      undoOne();
    } catch {
      // What is told is why the step failed.
    }
}

/** Prints a remark at once, and keeps it for the card. */
function remark(kept: string[], text: string, print: (line: string) => void): void {
  kept.push(text);
  print(text);
}

/** A failure, or no token where that is allowed. What was found out until then stays known; nothing was exported. */
function ended(error: unknown, found: Found, clean: Cleaner): Outcome {
  const failure = error instanceof Failure ? error : internalError(error);
  const skipped = failure.code === 'missing-token' && found.inputs.onMissingToken === 'skip';
  const message = clean.line(failure.message, 4000);
  return {
    ...found,
    variables: {},
    userdataPath: undefined,
    status: skipped ? 'skipped' : failure.code,
    message,
  };
}

/** The one place that prints an outcome: outputs, annotation and card. */
async function report(
  outcome: Outcome,
  { runner, clean, environment }: Pick<Tools, 'runner' | 'clean' | 'environment'>,
): Promise<void> {
  const help = outcome.status === 'verified' ? undefined : helpPage(outcome.status, environment);
  for (const [name, value] of outputsOf(outcome))
    runner.setOutput(name, name === 'token' ? value : clean.value(value));
  if (outcome.status === 'verified') runner.info(outcome.message);
  else if (outcome.status === 'skipped') runner.notice(outcome.message);
  else runner.fail(outcome.message);
  if (help !== undefined) runner.info(`More about ${outcome.status}: ${help}`);
  if (outcome.inputs.summary) await runner.addSummary(card(outcome, clean, help));
}

/** Not even an outcome could be told. What is said now holds nothing that came from anywhere. */
function reportFaultOfReport(error: unknown, environment: Environment): void {
  const runner = createRunner(createCleaner([]), environment);
  const { code, message } = internalError(error);
  runner.fail(message);
  try {
    for (const [name, value] of Object.entries({ authenticated: 'false', status: code, message }))
      runner.setOutput(name, value);
  } catch {
    // The annotation tells it.
  }
}

import type { Cleaner } from '../clean.ts';
import type { Transport } from '../transport.ts';
import { createAsk } from './ask.ts';
import { judge } from './judge.ts';
import { firstRequest, followUp } from './plan.ts';
import type { Requirements, Verdict } from './request.ts';

export interface Means {
  readonly transport: Transport;
  readonly clean: Cleaner;
  readonly now: () => Date;
}

/**
 * Finds out whether a token meets the requirements: with one request, and at most one more where something was refused
 * or the server is an older one. (One that takes no batches is asked one operation after the other.)
 * @throws {Failure} when no answer of a Speckle server to this token came: `invalid-token`, `not-speckle`, and whatever
 * the transport throws. Every other failure is in the verdict, beside what is known; so is one of a later request.
 */
export async function verify(requirements: Requirements, { transport, clean, now }: Means): Promise<Verdict> {
  const ask = createAsk(requirements, { transport, clean });
  const first = await ask(firstRequest(requirements));
  if (first.failure && first.answered.length === 0) throw first.failure;
  const finer = first.failure ? [] : followUp(requirements, first.answered);
  const last = finer.length > 0 ? await ask(finer) : first;
  const answered = last === first ? first.answered : [...first.answered, ...last.answered];
  const verdict = judge({ requirements, clean, requestId: last.requestId }, answered, now());
  // What was not answered is no fault of the server's age or of the token: the notices would say so.
  return last.failure ? { ...verdict, failure: last.failure, notices: [] } : verdict;
}

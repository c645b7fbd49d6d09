import type { StatusCode } from '../failure.ts';
import type { Verdict } from '../speckle/request.ts';
import type { Inputs } from './inputs.ts';

/** What becomes known on the way; a failure leaves it as it stands. */
export interface Found {
  readonly inputs: Inputs;
  readonly warnings: string[];
  readonly notices: string[];
  /** What the server told, also where it led to a failure. */
  verdict?: Verdict;
  /** What later steps get; empty unless verified. */
  variables: Readonly<Record<string, string>>;
  /** The folder of the account, if one was written. */
  userdataPath?: string | undefined;
  /** What takes back what was written and exported, should the step fail after all; the last is to be done first. */
  readonly undo: (() => void)[];
}

/** How a run ended and all that is known then: outputs, annotation and card say the same because all read this. */
export interface Outcome extends Readonly<Omit<Found, 'undo'>> {
  readonly status: StatusCode;
  /** One sentence of what happened and, on failure, one of what to do; cleaned. */
  readonly message: string;
}

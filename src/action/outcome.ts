import type { StatusCode } from '../failure.ts';
import type { Verdict } from '../speckle/request.ts';
import type { Inputs } from './inputs.ts';

/** How a run ended and all that is known then: outputs, annotation and card say the same because all read this. */
export interface Outcome {
  readonly status: StatusCode;
  /** One sentence of what happened and, on failure, one of what to do; cleaned. */
  readonly message: string;
  readonly inputs: Inputs;
  /** What the server told, also where it led to a failure. */
  readonly verdict?: Verdict | undefined;
  /** What later steps get; empty unless verified. */
  readonly variables: Readonly<Record<string, string>>;
  /** The folder of the account, if one was written. */
  readonly userdataPath?: string | undefined;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** What becomes known on the way; a failure leaves it as it stands. */
export interface Found {
  readonly inputs: Inputs;
  readonly warnings: string[];
  readonly notices: string[];
  verdict?: Verdict;
  variables: Record<string, string>;
  userdataPath?: string;
  /** What takes back what was written and exported, should the step fail after all; the last is to be done first. */
  readonly undo: (() => void)[];
}

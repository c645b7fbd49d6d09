import { secretsIn } from '../secrets.ts';
import { Refusal, shown, type Reader } from './input-values.ts';

/** Takes values in one after the other and collects every fault instead of stopping at one. */
export class Intake {
  /** Each names the input, what came and what is taken. */
  readonly faults: string[] = [];
  readonly warnings: string[] = [];

  /** The value of an input; none where it is empty or, then with a fault, where it cannot be taken. */
  take<T>(name: string, text: string, reader: Reader<T>): T | undefined {
    if (text.trim() === '') return undefined;
    // The query of an address is dropped, so an embedToken in it is no fault.
    const pasted = !reader.hidden && secretsIn(text.replace(/[?#].*/s, '')).length > 0;
    const value = pasted
      ? new Refusal('does not belong here: a token goes into the input token')
      : reader.read(text.trim());
    if (!(value instanceof Refusal)) return value;
    this.refuse(name, reader.hidden ? undefined : text, value.reason, reader.takes);
    return undefined;
  }

  /** @param text what came, where it may be shown */
  refuse(name: string, text: string | undefined, reason: string, takes: string): void {
    this.faults.push(
      `${name} got ${text === undefined ? 'a value' : shown(text)}, which ${reason}; it takes ${takes}`,
    );
  }
}

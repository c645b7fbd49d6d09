import { readdirSync, readFileSync } from 'node:fs';

/** One exchange with a real Speckle server, as it was recorded. */
export interface Exchange {
  /** Tells the session in which it was made. */
  readonly number: number;
  readonly name: string;
  readonly why: string;
  /** What kind of token was sent, in words: scopes, or `an expired token` and the like. */
  readonly token: string | null;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly json?: unknown;
    readonly text?: string;
  };
}

const folder = new URL('./exchanges/', import.meta.url);

/** All recordings, in order. */
export const exchanges: readonly Exchange[] = readdirSync(folder)
  .toSorted()
  .map((file) => {
    const recorded = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<Exchange, 'number'>;
    return { ...recorded, number: Number.parseInt(file, 10) };
  });

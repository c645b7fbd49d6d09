import type { Failure } from '../failure.ts';

/** What the owner of a workflow requires of a token: all that the Speckle side needs to know. */
export interface Requirements {
  /** The server's origin, without a trailing slash. */
  readonly server: string;
  /** Where that address came from, in words for a sentence: `the input server`, `the variable SPECKLE_SERVER`, … */
  readonly serverSource: string;
  readonly token: string;
  /**
   * Scopes in lower case, sorted, each once: `profile:read` always among them, and those that the project, the
   * permission and the allowed users make required.
   */
  readonly scopes: readonly string[];
  readonly excessScopes: 'ignore' | 'warn' | 'fail';
  readonly project?: string | undefined;
  readonly permission: 'read' | 'write';
  /** Ids and emails, in lower case; empty means anybody. */
  readonly allowedUsers: readonly string[];
}

export interface ServerFacts {
  readonly name: string;
  readonly version?: string | undefined;
  /** Where it says that it has moved to. */
  readonly movedTo?: string | undefined;
}

export interface UserFacts {
  readonly id: string;
  readonly name: string;
  /** Known only with `profile:email`. */
  readonly email?: string | undefined;
  /** `server:admin`, `server:user`, `server:guest`, … */
  readonly role?: string | undefined;
}

/** Scopes by what the server's answers show, each list sorted. */
export interface ScopeFacts {
  readonly held: readonly string[];
  /** Required, and seen not to be held. */
  readonly missing: readonly string[];
  /** Required, and impossible to verify without acting. */
  readonly unverified: readonly string[];
  /** Held beyond those required; known only after an audit. */
  readonly excess?: readonly string[] | undefined;
}

export interface ProjectFacts {
  readonly id: string;
  readonly name: string;
  /** `stream:owner`, `stream:contributor`, `stream:reviewer`; none for a public project of others. */
  readonly role?: string | undefined;
}

/** What a verification found out. A failure does not take away what is known besides. */
export interface Verdict {
  readonly failure?: Failure | undefined;
  readonly server?: ServerFacts | undefined;
  readonly user?: UserFacts | undefined;
  readonly scopes?: ScopeFacts | undefined;
  readonly project?: ProjectFacts | undefined;
  /** When the token dies, where the server tells. */
  readonly expiresAt?: Date | undefined;
  /** Sentences, cleaned. */
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

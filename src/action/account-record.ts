import { createHash } from 'node:crypto';
import { isRecord, parseJson } from '../speckle/json.ts';
import type { ServerFacts, UserFacts } from '../speckle/request.ts';
import type { Verified } from './variables.ts';

/** What an account is made of. */
export interface AccountFacts extends Verified {
  readonly server?: ServerFacts | undefined;
  readonly user?: UserFacts | undefined;
}

/**
 * The id that the SDKs give an account (specklepy and Speckle.Sdk, read in their source): a user is known by the email,
 * a server by its address. Without an email all users of a server would have one and the same.
 */
export function accountId({ origin, user }: AccountFacts): string {
  return md5((user?.email ?? '') + origin);
}

/**
 * The id of an account without an email whose place another user has taken: both are kept, since every SDK takes an id
 * as it stands in the record.
 */
export function secondAccountId({ origin, user }: AccountFacts): string {
  return md5((user?.id ?? '') + origin);
}

/** The account as every SDK reads it, and the default one. */
export function accountRecord({ token, origin, server, user }: AccountFacts, id: string): string {
  return toAscii({
    id,
    token,
    refreshToken: null,
    isDefault: true,
    isOnline: true,
    serverInfo: {
      // .NET passes over a record in which one of the names is empty.
      name: server?.name || new URL(origin).host,
      company: null,
      version: server?.version ?? null,
      description: null,
      url: origin,
      frontend2: true,
      // An object in which a key is missing makes every look-up of specklepy fail.
      migration: null,
    },
    userInfo: {
      id: user?.id ?? '',
      name: user?.name ?? '',
      email: user?.email ?? '',
      company: null,
      avatar: null,
    },
  });
}

/** The same account, no longer the default one; undefined where there is nothing to change. */
export function withoutDefault(record: string): string | undefined {
  const account = parseJson(record);
  return isRecord(account) && account['isDefault'] === true
    ? toAscii({ ...account, isDefault: false })
    : undefined;
}

/** The id of the user to whom an account belongs, where the text is one. */
export function userOf(record: string): unknown {
  const account = parseJson(record);
  const user = isRecord(account) ? account['userInfo'] : undefined;
  return isRecord(user) ? user['id'] : undefined;
}

/** JSON in ASCII: readers take the encoding of their system for granted, and half a surrogate pair makes specklepy fail. */
function toAscii(value: object): string {
  const json = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'string' ? each.toWellFormed() : each,
  );
  return json.replace(/[\u007F-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex').toUpperCase();
}

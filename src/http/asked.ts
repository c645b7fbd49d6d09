import type { LookupFunction } from 'node:net';
import type { Cleaner } from '../clean.ts';
import { portOf, type Peer } from './fault.ts';
import type { Route } from './proxy.ts';
import type { Trust } from './trust.ts';

/** What every attempt needs, whomever it asks. */
export interface Means {
  readonly clean: Cleaner;
  readonly trust: Trust;
  readonly lookup: LookupFunction;
  readonly userAgent: string;
  /** The one deadline over all calls, counted from the creation of the transport. */
  readonly timeoutSeconds: number;
  /** Where a person corrects the server's address, for a sentence, such as `the input server`. */
  readonly serverSetting: string;
}

/** Whom a request goes to, and how. */
export interface Asked {
  readonly url: URL;
  readonly route: Route;
  readonly server: Peer;
}

/** Milliseconds for making the connection, and for all of the attempt. */
export interface Limits {
  readonly connecting: number;
  readonly whole: number;
}

/** The server as sentences name it. */
export function serverPeer(url: URL, route: Route, { clean, serverSetting }: Means): Peer {
  const through = route.proxy ? ` (through the ${route.proxy.peer.name})` : '';
  return {
    kind: 'server',
    protocol: url.protocol,
    name: `server ${clean.line(`${url.hostname}:${portOf(url)}`, 200)}${through}`,
    setting: serverSetting,
  };
}

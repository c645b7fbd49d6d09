import type { Cleaner } from '../clean.ts';
import { withoutProxy } from './connection-faults.ts';
import { Fault, type Peer } from './fault.ts';
import type { Proxy } from './proxy.ts';

const example = 'http://user:password@proxy.example.com:3128';

/**
 * Status 407: a proxy asks who we are, or does not accept what it was told.
 * @param offered its `Proxy-Authenticate`
 */
export function proxyLogin(proxy: Proxy, offered: string | undefined, clean: Cleaner): Fault {
  const { peer, authorization } = proxy;
  const other = otherLogins(offered, clean);
  if (other !== undefined) return refused(`The ${peer.name} ${other}`, `${askForBasic}, or ${withoutProxy}.`);
  return authorization === undefined
    ? refused(
        `The ${peer.name} asks for a user and a password (status 407)`,
        `Put both into ${peer.setting}, percent-encoded, like ${example}.`,
      )
    : refused(
        `The ${peer.name} refuses the user or the password in its address (status 407)`,
        `Put the right ones into ${peer.setting}, percent-encoded, like ${example}.`,
      );
}

/** The same of a proxy that no variable names. */
export function hiddenProxyLogin(server: Peer, offered: string | undefined, clean: Cleaner): Fault {
  const who = `A proxy on the way to the ${server.name}`;
  const other = otherLogins(offered, clean);
  if (other !== undefined) return refused(`${who} ${other}`, `${askForBasic}.`);
  return refused(
    `${who} asks for a user and a password (status 407)`,
    `Put the address of that proxy, with both, into the variable HTTPS_PROXY or HTTP_PROXY of the runner, like ${example}.`,
  );
}

const askForBasic =
  'Ask whoever runs the proxy to offer Basic too or to let this runner through without a login';

/** What a proxy offers in place of the one way to log in that this action knows; nothing if it offers that one, or none. */
function otherLogins(offered: string | undefined, clean: Cleaner): string | undefined {
  const schemes = schemesIn(offered ?? '');
  if (schemes.length === 0 || schemes.some((scheme) => /^basic$/i.test(scheme))) return undefined;
  return `only offers a login by ${clean.line(schemes.join(' or '), 60)}, and this action only knows Basic (status 407)`;
}

/** The schemes in a list of challenges; parameters, with `=` behind their name, are none. */
function schemesIn(challenges: string): string[] {
  const parts = challenges
    .slice(0, 2000)
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    .split(',');
  return [...new Set(parts.flatMap((part) => /^\s*([\w-]+)(?=\s+[^\s=]|\s*$)/.exec(part)?.[1] ?? []))];
}

function refused(problem: string, remedy: string): Fault {
  return new Fault({ code: 'proxy-error', problem, remedy, patience: 'none' });
}

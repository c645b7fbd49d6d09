import type { Cleaner } from '../clean.ts';
import { Failure } from '../failure.ts';
import { isLoopback } from '../loopback.ts';
import { decoded } from '../secrets.ts';
import { portOf, type Peer } from './fault.ts';
import { bypassesProxy } from './no-proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Proxy {
  readonly url: URL;
  readonly peer: Peer;
  /** For `Proxy-Authorization`, where the address holds a user. */
  readonly authorization?: string | undefined;
}

/** How a server is reached. */
export interface Route {
  readonly proxy?: Proxy | undefined;
  /** Where none is asked although the environment names one: what to do if it is needed, as the begin of a sentence. */
  readonly ifProxyNeeded?: string | undefined;
}

/**
 * The way to a server: through the proxy that the environment names for its protocol, unless `NO_PROXY` or loopback
 * says otherwise. Where a variable stands in both cases the lower one counts, as in curl and the toolkit.
 * @throws {Failure} when the address of the proxy cannot be read
 */
export function routeTo(url: URL, environment: Environment, clean: Cleaner): Route {
  const wanted = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const variable = counting(wanted);
  const exceptions = counting('NO_PROXY');
  if (bypassesProxy(url, valueOf(exceptions))) {
    if (variable === undefined || isLoopback(url.hostname)) return {};
    return {
      ifProxyNeeded: `The variable ${exceptions} names this server, so it was asked without the proxy of ${variable}: change it if the server needs that proxy`,
    };
  }
  if (variable === undefined) return { ifProxyNeeded: otherVariable() };

  const text = valueOf(variable);
  const [, named] = /^([a-z][a-z\d+.-]*):\/\//i.exec(text) ?? [];
  if (named !== undefined && !/^https?$/i.test(named))
    return {
      ifProxyNeeded: `Set the variable ${variable} to an http or https proxy if one is needed, since this action cannot use the ${clean.line(named.toLowerCase(), 20)} proxy there`,
    };
  const address = URL.parse(named === undefined ? `http://${text}` : text);
  if (!address || endsTooEarly(address)) throw unreadable(variable, text);
  return { proxy: proxyAt(address, variable, clean) };

  function valueOf(name: string | undefined): string {
    return (name === undefined ? undefined : environment[name]?.trim()) ?? '';
  }

  /** The name of a variable in the case that counts, if it is set. */
  function counting(name: string): string | undefined {
    return [name.toLowerCase(), name].find((each) => valueOf(each) !== '');
  }

  /** A variable that does not count for this server, as who set it may not know. */
  function otherVariable(): string | undefined {
    const [other, protocol] = wanted === 'HTTPS_PROXY' ? ['HTTP_PROXY', 'http'] : ['HTTPS_PROXY', 'https'];
    const ofOther = counting(other);
    const ofAll = counting('ALL_PROXY');
    if (ofOther === undefined && ofAll === undefined) return undefined;
    const why = ofOther ? `${ofOther} is for ${protocol} servers only` : `this action does not read ${ofAll}`;
    return `Set the variable ${wanted} if a proxy is needed, since ${why}`;
  }
}

/** An `@` behind the host: it was to end a user and a password, in which some character ended the host before. */
function endsTooEarly({ pathname, search, hash }: URL): boolean {
  return `${pathname}${search}${hash}`.includes('@');
}

function proxyAt(url: URL, variable: string, clean: Cleaner): Proxy {
  const credentials = `${decoded(url.username)}:${decoded(url.password)}`;
  return {
    url,
    peer: {
      kind: 'proxy',
      protocol: url.protocol,
      name: `proxy ${clean.line(`${url.hostname}:${portOf(url)}`, 200)} of ${variable}`,
      setting: `the variable ${variable}`,
    },
    authorization: credentials === ':' ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`,
  };
}

/** It may hold a password, so it is not quoted. */
function unreadable(variable: string, text: string): Failure {
  const backslash = /\\.*@/s.test(text);
  return new Failure({
    code: 'proxy-error',
    problem: `The variable ${variable} holds a proxy address that cannot be read${backslash ? ', since there is a backslash in the user or the password' : ''}.`,
    remedy: backslash
      ? 'Write %5C there instead of the backslash, like http://domain%5Cuser:password@proxy.example.com:3128.'
      : 'Set it to an address like http://proxy.example.com:3128, with the special characters of a user and a password percent-encoded.',
  });
}

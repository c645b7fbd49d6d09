import type { Cleaner } from '../clean.ts';
import { Failure } from '../failure.ts';
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
  /** What to do about a proxy that the environment names and that cannot be used, as the begin of a sentence. */
  readonly unused?: string | undefined;
}

/**
 * The way to a server: through the proxy that the environment names for its protocol, unless `NO_PROXY` or loopback
 * says otherwise. Where a variable stands in both cases the lower one counts, as in curl and the toolkit.
 * @throws {Failure} when the address of the proxy cannot be read
 */
export function routeTo(url: URL, environment: Environment, clean: Cleaner): Route {
  const scheme = url.protocol.slice(0, -1);
  const variable = [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`].find((name) => valueOf(name) !== '');
  const noProxy = valueOf('no_proxy') || valueOf('NO_PROXY');
  if (variable === undefined || bypassesProxy(url, noProxy)) return {};

  const text = valueOf(variable);
  const [, named] = /^([a-z][a-z\d+.-]*):\/\//i.exec(text) ?? [];
  if (named !== undefined && !/^https?$/i.test(named))
    return {
      unused: `Name an http or https proxy in the variable ${variable}, since the ${clean.line(named.toLowerCase(), 20)} proxy there is of a kind that this action does not speak with`,
    };
  const address = URL.parse(named === undefined ? `http://${text}` : text);
  if (!address) throw unreadable(variable);
  return { proxy: proxyAt(address, variable, clean) };

  function valueOf(name: string): string {
    return environment[name]?.trim() ?? '';
  }
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
function unreadable(variable: string): Failure {
  return new Failure({
    code: 'proxy-error',
    problem: `The variable ${variable} holds an address of a proxy that cannot be read.`,
    remedy: `Set it to an address like http://proxy.example.com:3128, with the special characters of a password percent-encoded.`,
  });
}

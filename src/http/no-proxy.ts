import { isIP } from 'node:net';
import { isLoopback } from '../loopback.ts';
import { portOf } from './fault.ts';

/**
 * Whether an address is reached without a proxy: this machine itself always is, and what `NO_PROXY` lists: names with
 * all their subdomains (with or without a leading `.` or `*.`), addresses, each with or without a port, or `*`.
 */
export function bypassesProxy(url: URL, noProxy: string): boolean {
  if (isLoopback(url.hostname)) return true;
  const host = bare(url.hostname);
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const { name, port } = parts(entry);
      if (port !== undefined && port !== portOf(url)) return false;
      return name !== '' && (host === name || (isIP(host) === 0 && host.endsWith(`.${name}`)));
    });
}

/** A port follows the only colon, or the bracket of an IPv6 address; without brackets that has no port. */
function parts(entry: string): { name: string; port?: number } {
  const [, name = entry, port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  const wanted = bare(name.replace(/^\*?\./, ''));
  return port === undefined ? { name: wanted } : { name: wanted, port: Number(port) };
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

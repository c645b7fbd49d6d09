import { isLoopback } from '../loopback.ts';
import { decoded, secretsIn } from '../secrets.ts';

/** A server, and what a page of it that was copied from the browser shows. */
export interface Address {
  /** Scheme, host and port, without a trailing slash. */
  readonly origin: string;
  readonly projectId?: string | undefined;
  /** For exactly one plain model. */
  readonly modelId?: string | undefined;
  readonly versionId?: string | undefined;
  readonly automationId?: string | undefined;
}

/** Ids are 10 characters today, but nothing promises that. A name of a legacy branch is none. */
const idForm = /^[\w-]{1,64}$/;

/** No browser copies more; reading a host of 100 kB takes seconds. */
const longest = 4000;

/** Whether this can be the id of a project, a model, a version or an automation: nothing that may be a secret. */
export function isId(text: string): boolean {
  return idForm.test(text) && secretsIn(text).length === 0;
}

/**
 * Reads a server's address: a URL, a bare host, `host:port`, or any page of the server. Paths that show nothing are
 * dropped, query and fragment too. https unless it says otherwise; a bare loopback host means http.
 * @returns the address, or the fault as the end of a sentence that begins with what came.
 */
export function readAddress(text: string): Address | string {
  if (text.length > longest) return 'is too long for an address';
  if (/\s|\p{Cc}/u.test(text)) return 'has a space or a control character inside';
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return `is neither http nor https`;
  const url = scheme ? parse(text) : parseBare(text);
  if (!url || !isHost(url)) return 'is not an address';
  if (url.username !== '' || url.password !== '') return 'has a user or a password in it';
  if (secretsIn(url.hostname + decoded(url.pathname)).length > 0) return 'has what looks like a secret in it';
  return { origin: url.origin, ...page(url.pathname) };
}

/** What a URL lets pass besides: quotation marks, asterisks, braces, and the scheme of an address that has two. */
function isHost({ hostname, pathname }: URL): boolean {
  const twice = /^https?$/.test(hostname) && pathname.startsWith('//');
  return !twice && /^(?:\[[\da-f:.]+\]|[\w.-]+)$/i.test(hostname);
}

function parse(text: string): URL | undefined {
  // Not asked first: `URL.canParse` says yes to a very long host that nothing can then read (Node 24.21).
  return URL.parse(text) ?? undefined;
}

function parseBare(text: string): URL | undefined {
  // An IPv6 address needs brackets in a URL, but people leave them out.
  const host = /^[\da-f:]*::[\da-f:]*$/i.test(text) ? `[${text}]` : text;
  const url = parse(`https://${host}`);
  // A path names no host; `https:/host` and `https:host` would come out as a host of the name https.
  if (!url || /^(https?:|[/\\?#])/i.test(text)) return undefined;
  return isLoopback(url.hostname) ? parse(`http://${host}`) : url;
}

/** The ways of today's pages and of the legacy ones: a stream is a project, a branch a model, a commit a version. */
function page(pathname: string): Omit<Address, 'origin'> {
  const [kind, projectId, part, resource = ''] = pathname.split('/').filter(Boolean).map(decoded);
  if ((kind !== 'projects' && kind !== 'streams') || projectId === undefined || !isId(projectId)) return {};
  if (kind === 'streams')
    return { projectId, versionId: part === 'commits' && isId(resource) ? resource : undefined };
  if (part === 'automations' && isId(resource)) return { projectId, automationId: resource };
  return part === 'models' ? { projectId, ...model(resource) } : { projectId };
}

/** One `MODEL` or `MODEL@VERSION`. A list, `$folder`, `all` and a 32-character object id name no one model. */
function model(resource: string): Pick<Address, 'modelId' | 'versionId'> {
  if (/[,$]/.test(resource)) return {};
  const [modelId = '', versionId] = resource.split('@');
  if (!isId(modelId) || modelId === 'all' || /^[0-9a-f]{32}$/i.test(modelId)) return {};
  return { modelId, versionId: versionId !== undefined && isId(versionId) ? versionId : undefined };
}

import { gunzipSync, gzipSync } from 'node:zlib';
import { json } from './answers.ts';
import type { Answer, RecordedRequest } from './exchange.ts';
import type { Context } from './guards.ts';
import { isWithinLimits, permissions } from './permissions.ts';
import type { Project } from './world.ts';

type Route = (request: RecordedRequest, project: Project, id: string) => Answer;

interface Guarded {
  readonly method: string;
  readonly path: RegExp;
  readonly writes: boolean;
  /** The status of a refusal; 401 unless told. */
  readonly refused?: number;
  readonly route: Route;
}

/** What the SDKs' object transport asks (exchanges 56 to 60), and their downloads of files (read in code). */
const routes: readonly Guarded[] = [
  { method: 'POST', path: /^\/api\/diff\/(?<project>[^/]+)$/, writes: true, route: tellKnown },
  { method: 'POST', path: /^\/objects\/(?<project>[^/]+)$/, writes: true, route: upload },
  {
    method: 'GET',
    path: /^\/objects\/(?<project>[^/]+)\/(?<id>[^/]+)\/single$/,
    writes: false,
    route: readOne,
  },
  { method: 'POST', path: /^\/api\/getobjects\/(?<project>[^/]+)$/, writes: false, route: readMany },
  {
    method: 'GET',
    path: /^\/api\/stream\/(?<project>[^/]+)\/blob\/(?<id>[^/]+)$/,
    writes: false,
    refused: 403,
    route: readFile,
  },
];

/** Answers what REST is asked of a project's objects; undefined for any other path. */
export function answerRest(request: RecordedRequest, context: Context): Answer | undefined {
  for (const { method, path, writes, refused = 401, route } of routes) {
    const found = request.method === method ? path.exec(request.path) : undefined;
    if (!found?.groups) continue;
    const project = context.world.projects.get(found.groups['project'] ?? '');
    if (!project || !isAllowed(project, context, writes)) return empty(refused);
    return route(request, project, found.groups['id'] ?? '');
  }
  return undefined;
}

/** A missing scope and a missing role get the same answer (measured, exchange 60). */
function isAllowed(project: Project, { token }: Context, writes: boolean): boolean {
  const allowed = (writes ? permissions.canPublish : permissions.canRead)(project, token).authorized;
  const scope = writes ? 'streams:write' : 'streams:read';
  return allowed && (!token || token.scopes.includes(scope)) && isWithinLimits(token, project.id);
}

function tellKnown(request: RecordedRequest, { objects }: Project): Answer {
  const known = Object.fromEntries(namedObjects(request).map((id) => [id, objects.has(id)]));
  return zipped('application/json', JSON.stringify(known));
}

function upload({ bytes, headers }: RecordedRequest, { objects }: Project): Answer {
  for (const part of partsOf(bytes, headers['content-type'] ?? '')) {
    const text = (isZipped(part) ? gunzipSync(part) : part).toString();
    for (const object of JSON.parse(text) as { id: string }[]) objects.set(object.id, object);
  }
  return empty(201);
}

/** The contents of the parts of a multipart body. In latin1 every byte is a character. */
function partsOf(bytes: Uint8Array, type: string): Buffer[] {
  const [, boundary = ''] = /boundary="?([^";]+)/.exec(type) ?? [];
  return Buffer.from(bytes)
    .toString('latin1')
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => Buffer.from(part.slice(part.indexOf('\r\n\r\n') + 4, -2), 'latin1'));
}

function isZipped(content: Buffer): boolean {
  return content[0] === 0x1f && content[1] === 0x8b;
}

function readOne(_: RecordedRequest, { objects }: Project, id: string): Answer {
  const object = objects.get(id);
  if (!object)
    return {
      status: 404,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: 'Failed to find object.',
    };
  return json(200, { ...object, totalChildrenCount: null });
}

function readMany(request: RecordedRequest, { objects }: Project): Answer {
  const found = namedObjects(request).filter((id) => objects.has(id));
  const lines = found.map((id) => `${id}\t${JSON.stringify(objects.get(id))}\n`);
  if (request.headers.accept === 'text/plain') return zipped('text/plain; charset=UTF-8', lines.join(''));
  return zipped('application/json', JSON.stringify(found.map((id) => objects.get(id))));
}

function readFile(_: RecordedRequest, { blobs }: Project, id: string): Answer {
  const body = blobs.get(id);
  return body ? { status: 200, headers: { 'content-type': 'application/octet-stream' }, body } : empty(404);
}

/** The ids that a form's field lists, as JSON. */
function namedObjects({ body }: RecordedRequest): string[] {
  const text = typeof body === 'string' ? new URLSearchParams(body).get('objects') : undefined;
  return JSON.parse(text ?? '[]') as string[];
}

function zipped(type: string, text: string): Answer {
  return { status: 200, headers: { 'content-type': type, 'content-encoding': 'gzip' }, body: gzipSync(text) };
}

function empty(status: number): Answer {
  return { status, headers: {}, body: '' };
}

// Each exchange that was recorded with a real Speckle server is had with the embedded one, in a world like the one of
// the recording: status, headers, data and messages must be the same, so that the two cannot drift apart.
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { type SpeckleServer, startSpeckleServer } from '../../dev/speckle-server/server.ts';
import { type Exchange, exchanges } from './recorded-exchange.ts';
import { recordedToken, recordedWorld } from './recorded-world.ts';

test('there are as many recordings as were made', () => {
  expect(exchanges).toHaveLength(61);
});

// None is left out: a new recording that cannot be replayed fails here.
test.each(exchanges)('$number $name', async (exchange) => {
  const { number } = exchange;
  const world = recordedWorld(number);
  const on = number >= 41 && number <= 51;
  const modules = { workspaces: on, dashboards: on, billing: on, automate: on };
  await using server = await startSpeckleServer({ world, modules });
  const response = await replay(server, exchange, recordedToken(world, exchange));
  const { status, headers, json, text } = exchange.response;
  expect(response.status).toBe(status);
  expect(headerForms(Object.fromEntries(response.headers))).toMatchObject(headerForms(headers));
  const body = await response.text();
  const read = json === undefined ? lines : (of: string) => settled(JSON.parse(of));
  expect(read(body)).toEqual(json === undefined ? lines(text ?? '') : settled(json));
});

async function replay(server: SpeckleServer, { request }: Exchange, token: string): Promise<Response> {
  const headers = new Headers(request.headers);
  const authorization = headers.get('authorization');
  if (authorization) headers.set('authorization', authorization.replace('<token>', token));
  const body = request.method === 'GET' ? null : encode(request);
  const send = () => fetch(server.url + request.path, { method: request.method, headers, body });
  if (request.body !== '30 operations, many such requests at once') return send();
  const answers = await Promise.all(Array.from({ length: 20 }, send));
  const refused = answers.find(({ status }) => status === 429);
  if (!refused) throw new Error('The rate limit was not reached.');
  return refused;
}

/** The body as it went over the wire: bodies that are no JSON were recorded in words. */
function encode({ headers, body }: Exchange['request']): string | Buffer {
  if (body === '30 operations, many such requests at once')
    return JSON.stringify(Array.from({ length: 30 }, () => ({ query: '{ serverInfo { version } }' })));
  const type = headers['content-type'] ?? '';
  if (typeof body !== 'string') return JSON.stringify(body);
  if (type.startsWith('multipart/')) return multipart(type.replace(/^.*boundary=/, ''));
  return new URLSearchParams({ objects: body.replace(/^objects=| \(form-encoded\)$/g, '') }).toString();
}

function multipart(boundary: string): Buffer {
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="batch-1"; filename="batch-1"',
    'Content-Type: application/gzip',
    '\r\n',
  ].join('\r\n');
  const objects = gzipSync(JSON.stringify([{ id: '0'.repeat(32), speckle_type: 'Base' }]));
  return Buffer.concat([Buffer.from(head), objects, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** Headers without what differs from call to call: ids, dates and numbers are told by their form. */
function headerForms(headers: Readonly<Record<string, string>>): Record<string, string> {
  const volatile = /^(?:x-request-id|x-ratelimit-.+|retry-after)$/;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, volatile.test(name) ? form(value) : value]),
  );
}

function form(value: string): string {
  return value.replace(/\d+\.\d+|[\da-f]{1,3}(?![\da-f])|[\da-f]/g, 'x');
}

/** JSON without what no two servers share: a time of use, the wording of descriptions, the order of rows. */
function settled(value: unknown, name = ''): unknown {
  if (name === 'lastUsed') return new Date(String(value)).toISOString().replace(/\d/g, '0');
  if (name === 'description' && value !== '') return typeof value;
  if (Array.isArray(value)) {
    const rows = value.map((row) => settled(row));
    return /^(?:apps|apiTokens)$/.test(name) ? rows.toSorted(byJson) : rows;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settled(inner, key)]));
}

function byJson(a: unknown, b: unknown): number {
  return JSON.stringify(a).localeCompare(JSON.stringify(b));
}

/** Text, and in it the lines of the object transport (id, tab, JSON) read, since spaces in JSON are no difference. */
function lines(text: string): unknown[] {
  return text.split('\n').map((line) => {
    const [, id, json] = /^([\da-f]{32})\t(.+)$/.exec(line) ?? [];
    return json === undefined ? line : [id, JSON.parse(json) as unknown];
  });
}

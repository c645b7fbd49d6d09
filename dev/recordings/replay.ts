import { gzipSync } from 'node:zlib';
import type { Exchange } from './exchanges.ts';

/**
 * Sends a recorded request again, with a token of today.
 * @param url of the server, without a trailing slash
 */
export async function replay(url: string, { request }: Exchange, token: string): Promise<Response> {
  const headers = new Headers(request.headers);
  const authorization = headers.get('authorization');
  if (authorization) headers.set('authorization', authorization.replace('<token>', token));
  const body = request.method === 'GET' ? null : encode(request);
  const send = () => fetch(url + request.path, { method: request.method, headers, body });
  if (request.body !== manyOperations) return send();
  const answers = await Promise.all(Array.from({ length: 20 }, send));
  const refused = answers.find(({ status }) => status === 429);
  if (!refused) throw new Error('The rate limit was not reached.');
  return refused;
}

/** In the words of the recording. */
const manyOperations = '30 operations, many such requests at once';

/** The body as it went over the wire: bodies that are no JSON were recorded in words. */
function encode({ headers, body }: Exchange['request']): string | Buffer {
  if (body === manyOperations)
    return JSON.stringify(Array.from({ length: 30 }, () => ({ query: '{ serverInfo { version } }' })));
  const type = headers['content-type'] ?? '';
  if (typeof body !== 'string') return JSON.stringify(body);
  if (type.startsWith('multipart/'))
    return encodeObjects([{ id: '0'.repeat(32), speckle_type: 'Base' }], type.replace(/^.*boundary=/, ''));
  return new URLSearchParams({ objects: body.replace(/^objects=| \(form-encoded\)$/g, '') }).toString();
}

/** Objects as the SDKs send them: gzipped, in a multipart body. */
export function encodeObjects(objects: readonly object[], boundary: string): Buffer {
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="batch-1"; filename="batch-1"',
    'Content-Type: application/gzip',
    '\r\n',
  ].join('\r\n');
  return Buffer.concat([
    Buffer.from(head),
    gzipSync(JSON.stringify(objects)),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

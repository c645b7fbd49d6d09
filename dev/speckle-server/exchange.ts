import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request that arrived, for a test to compare. */
export interface RecordedRequest {
  readonly method: string;
  /** With the query, as it was sent. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
  /** The bytes of the body. */
  readonly bytes: Uint8Array;
  /** GraphQL operations: the length of a batch, else 1. */
  readonly operations: number;
  /** When it had arrived, in milliseconds since 1970. */
  readonly time: number;
  /** The status that was answered; undefined while or where there was no answer. */
  status?: number;
}

/** Reads a request to its end. What exceeds `limit` bytes is dropped, and told as `tooLarge`. */
export async function receive(
  message: IncomingMessage,
  limit: number,
  now: () => number,
): Promise<{ request: RecordedRequest; tooLarge: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const body = parse(bytes.toString(), message.headers['content-type']);
  const request = {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: message.headers,
    body,
    bytes,
    operations: Array.isArray(body) ? body.length : 1,
    time: now(),
  };
  return { request, tooLarge: length > limit };
}

function parse(text: string, contentType = ''): unknown {
  if (!/^application\/json\b/i.test(contentType)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

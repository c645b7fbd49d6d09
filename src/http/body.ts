import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brokenAnswer, networkCode } from './connection-faults.ts';
import { Fault, type Peer } from './fault.ts';

/** An answer of a Speckle server takes a few kilobytes. */
const limit = 1024 * 1024;

/**
 * The text of an answer, decoded where a gateway compressed it although nobody asked for that.
 * @throws {Fault} when it is larger than 1 MiB, compressed or not, or breaks off
 */
export async function readBody(answer: IncomingMessage, peer: Peer): Promise<string> {
  const chunks: Buffer[] = [];
  const arriving: AsyncIterable<Buffer> = answer;
  let size = 0;
  try {
    for await (const chunk of arriving) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) throw tooLarge(peer);
    }
  } catch (error) {
    throw error instanceof Fault ? error : brokenAnswer(peer, error);
  }
  const encoding = answer.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  return (await decode(Buffer.concat(chunks), encoding, peer)).toString();
}

async function decode(bytes: Buffer, encoding: string, peer: Peer): Promise<Buffer> {
  if (bytes.length === 0 || !/^(x-gzip|gzip|deflate|br)$/.test(encoding)) return bytes;
  const { brotliDecompress, unzip } = await import('node:zlib');
  try {
    const options = { maxOutputLength: limit };
    return encoding === 'br'
      ? await promisify(brotliDecompress)(bytes, options)
      : await promisify(unzip)(bytes, options);
  } catch (error) {
    if (networkCode(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(peer);
    throw unexpected(peer, 'sent an answer that cannot be unpacked', error);
  }
}

function tooLarge(peer: Peer): Fault {
  return unexpected(peer, 'answered with more than 1 MiB');
}

function unexpected(peer: Peer, what: string, cause?: unknown): Fault {
  return new Fault({
    code: 'not-speckle',
    problem: `The ${peer.name} ${what}, which no Speckle server does`,
    remedy: `Check that ${peer.setting} is the address of a Speckle server.`,
    patience: 'none',
    cause,
  });
}

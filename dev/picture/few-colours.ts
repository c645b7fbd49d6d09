import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** The sum of squares up to which two colours look the same; the grounds of a card are farther apart. */
const alike = 120;

/** Three bytes: red, green, blue. */
type Colour = readonly [number, number, number];

/**
 * A PNG, as Chromium writes them, with few colours: the most frequent of those that are alike in place of the others. It
 * has a third of the bytes then.
 * @throws {Error} when the PNG is not of whole bytes and red, green and blue (with or without alpha), row by row
 */
export function withFewColours(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bytes = { 2: 3, 6: 4 }[header.readUInt8(9)];
  if (header.readUInt8(8) !== 8 || bytes === undefined || header.readUInt8(12) !== 0)
    throw new Error('This PNG is of another kind than those of Chromium.');
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const pixels = withoutFilters(inflateSync(packed), width * bytes, bytes);

  const keys = new Uint32Array(width * height);
  const counts = new Map<number, number>();
  for (let at = 0; at < keys.length; at++) {
    const key = pixels.readUIntBE(at * bytes, 3);
    keys[at] = key;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const palette: number[] = [];
  for (const [key] of [...counts].toSorted(([, one], [, other]) => other - one))
    if (palette.length < 256 && palette.every((other) => distance(key, other) > alike)) palette.push(key);
  const places = new Map([...counts.keys()].map((key) => [key, nearest(key, palette)]));
  const rows = Buffer.alloc(height * (width + 1));
  for (const [at, key] of keys.entries())
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = places.get(key) ?? 0;

  header.writeUInt8(3, 9);
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(colourOf))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

/** The bytes of the pixels; in a PNG each row stands as what differs from the pixels before and above. */
function withoutFilters(rows: Buffer, length: number, bytes: number): Buffer {
  const height = rows.length / (length + 1);
  const pixels = Buffer.alloc(height * length);
  for (let row = 0; row < height; row++) {
    const filter = rows[row * (length + 1)];
    for (let column = 0; column < length; column++) {
      const at = row * length + column;
      const left = column < bytes ? 0 : (pixels[at - bytes] ?? 0);
      const above = row === 0 ? 0 : (pixels[at - length] ?? 0);
      const corner = row === 0 || column < bytes ? 0 : (pixels[at - length - bytes] ?? 0);
      const guesses = [0, left, above, (left + above) >> 1, paeth(left, above, corner)];
      pixels[at] = (rows[at + row + 1] ?? 0) + (guesses[filter ?? 0] ?? 0);
    }
  }
  return pixels;
}

/** The predictor of the PNG specification. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const byLeft = Math.abs(guess - left);
  const byAbove = Math.abs(guess - above);
  const byCorner = Math.abs(guess - corner);
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}

/** The place of the colour that is most like another. */
function nearest(key: number, palette: readonly number[]): number {
  const distances = palette.map((other) => distance(key, other));
  return distances.indexOf(Math.min(...distances));
}

function distance(one: number, other: number): number {
  const colour = colourOf(other);
  return colourOf(one).reduce((sum, value, at) => sum + (value - (colour[at] ?? 0)) ** 2, 0);
}

function colourOf(key: number): Colour {
  return [key >> 16, (key >> 8) & 255, key & 255];
}

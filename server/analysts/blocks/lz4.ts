/**
 * LZ4's block format, without frames: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md. A block is a run of sequences: a
 * token (lengths of literals and of the match, 4 bits each, more in bytes that follow), the literals, how far back the match begins.
 */

const MIN_MATCH = 4;
/** The last bytes are literals, and the last match begins so far before the end. */
const LAST_LITERALS = 5;
const NO_MATCH_FROM_END = 12;
const FARTHEST = 65_535;
const HASH_BITS = 14;
/** After so many places without a match the search begins to leap: what does not pack is passed over. */
const LEAP_AFTER_BITS = 6;

// Where four bytes of a hash stood last, plus one. One table for all: blocks are made one after the other.
const places = new Int32Array(1 << HASH_BITS);

/** The most that `length` bytes can come to. */
export const maxPackedLength = (length: number): number => length + Math.ceil(length / 255) + 16;

/** Packs `source` into `target` from `offset`, which must have room for `maxPackedLength` bytes. Returns where it ended. */
export function packLz4(source: Uint8Array, target: Uint8Array, offset: number): number {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const lastMatch = source.length - NO_MATCH_FROM_END;
  const matchEnd = source.length - LAST_LITERALS;
  places.fill(0);
  let to = offset;
  let literalsFrom = 0;
  let missed = 1 << LEAP_AFTER_BITS;
  for (let at = 0; at <= lastMatch; ) {
    const four = view.getInt32(at, true);
    const hash = Math.imul(four, -1_640_531_535) >>> (32 - HASH_BITS);
    let match = (places[hash] ?? 0) - 1;
    places[hash] = at + 1;
    if (match < 0 || at - match > FARTHEST || view.getInt32(match, true) !== four) {
      at += missed >> LEAP_AFTER_BITS;
      missed += 1;
      continue;
    }
    missed = 1 << LEAP_AFTER_BITS;
    const back = at - match;
    let end = at + MIN_MATCH;
    match += MIN_MATCH;
    while (end < matchEnd && source[end] === source[match]) {
      end += 1;
      match += 1;
    }
    to = writeSequence(source, literalsFrom, at, target, to, { back, length: end - at });
    literalsFrom = end;
    at = end;
  }
  return writeSequence(source, literalsFrom, source.length, target, to, null);
}

function writeSequence(
  source: Uint8Array,
  from: number,
  end: number,
  target: Uint8Array,
  offset: number,
  match: { back: number; length: number } | null,
): number {
  const literals = end - from;
  const more = match === null ? 0 : match.length - MIN_MATCH;
  let to = offset;
  target[to++] = (Math.min(literals, 15) << 4) | Math.min(more, 15);
  to = writeLength(target, to, literals);
  to = copyBytes(source, from, literals, target, to);
  if (match === null) return to;
  target[to++] = match.back & 255;
  target[to++] = match.back >> 8;
  return writeLength(target, to, more);
}

/** Short ones byte by byte: a view of an array costs more than they do. */
function copyBytes(source: Uint8Array, from: number, length: number, target: Uint8Array, to: number): number {
  if (length > 48) target.set(source.subarray(from, from + length), to);
  else for (let at = 0; at < length; at += 1) target[to + at] = source[from + at] ?? 0;
  return to + length;
}

/** What a length has beyond the token's four bits. */
function writeLength(target: Uint8Array, offset: number, length: number): number {
  if (length < 15) return offset;
  let to = offset;
  let left = length - 15;
  for (; left >= 255; left -= 255) target[to++] = 255;
  target[to++] = left;
  return to;
}

/** Unpacks a block into `target`, which has the length that the block was told to have. Throws `RangeError` when it is none of that. */
export function unpackLz4(source: Uint8Array, target: Uint8Array): void {
  let at = 0;
  let to = 0;
  while (at < source.length) {
    const token = source[at++] ?? 0;
    let literals = token >> 4;
    if (literals === 15) {
      const end = lengthEnd(source, at);
      literals += lengthBetween(source, at, end);
      at = end;
    }
    if (literals > source.length - at || literals > target.length - to) {
      throw new RangeError("the packed bytes are longer than they say");
    }
    to = copyBytes(source, at, literals, target, to);
    at += literals;
    if (at === source.length) {
      if (to === target.length) return;
      throw new RangeError("the packed bytes are shorter than they say");
    }
    const back = (source[at] ?? 0) | ((source[at + 1] ?? 0) << 8);
    at += 2;
    let length = (token & 15) + MIN_MATCH;
    if ((token & 15) === 15) {
      const end = lengthEnd(source, at);
      length += lengthBetween(source, at, end);
      at = end;
    }
    if (back === 0 || back > to || length > target.length - to) {
      throw new RangeError("the packed bytes point to where nothing is");
    }
    // What it copies may be what it has just written.
    for (const end = to + length; to < end; to += 1) target[to] = target[to - back] ?? 0;
  }
  throw new RangeError("the packed bytes end too early");
}

/** Behind the bytes that lengthen a length: as many of 255 as there are, and one that is less. */
function lengthEnd(source: Uint8Array, from: number): number {
  let at = from;
  while (source[at] === 255) at += 1;
  if (at >= source.length) throw new RangeError("the packed bytes end too early");
  return at + 1;
}

const lengthBetween = (source: Uint8Array, from: number, end: number): number =>
  (end - from - 1) * 255 + (source[end - 1] ?? 0);

/** Begins each message of an Arrow stream, and with a length of 0 its end. (Arrow columnar format, "Encapsulated message format") */
const CONTINUATION = 0xffffffff;
const PREFIX_BYTES = 8;

/**
 * Whole Arrow streams of one schema as one stream: the first message of each, its schema, is kept once, their ends are left out, and
 * one is written at the end. Memory: one piece.
 */
export async function* joinArrowStreams(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  let end: Uint8Array | null = null;
  for await (const piece of pieces) {
    const begin = isFirst ? 0 : schemaBytes(piece);
    const last = piece.length - PREFIX_BYTES;
    if (last < begin || wordAt(piece, last) !== CONTINUATION || wordAt(piece, last + 4) !== 0) {
      throw new Error("a piece of an Arrow stream has no end");
    }
    end ??= piece.slice(last);
    isFirst = false;
    if (last > begin) yield piece.subarray(begin, last);
  }
  if (end !== null) yield end;
}

/** A schema has no body: its message is the prefix and the metadata. */
function schemaBytes(piece: Uint8Array): number {
  if (piece.length < PREFIX_BYTES || wordAt(piece, 0) !== CONTINUATION) {
    throw new Error("a piece of an Arrow stream does not begin with a message");
  }
  return PREFIX_BYTES + wordAt(piece, 4);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

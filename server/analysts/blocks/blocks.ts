import { writeCityHash128 } from "./city-hash-128.ts";
import { maxPackedLength, packLz4, unpackLz4 } from "./lz4.ts";

// A block of ClickHouse's: CityHash128 of all that follows (16 bytes), method (1), length of method to data (4), length
// unpacked (4), data. Numbers have their low byte first.
const HASH_BYTES = 16;
const HEAD_BYTES = 9;
const DATA_AT = HASH_BYTES + HEAD_BYTES;
const LZ4 = 0x82;
const NONE = 0x02;
const ZSTD = 0x90;

/** Of one block unpacked: a millisecond or two of work each. ClickHouse's own have up to a megabyte. */
const BLOCK_BYTES = 256 * 1024;

/** A body that is not made of whole, sound blocks. `codeName` is ClickHouse's. */
export class BlockError extends Error {
  readonly codeName:
    | "CHECKSUM_DOESNT_MATCH"
    | "CANNOT_DECOMPRESS"
    | "UNKNOWN_COMPRESSION_METHOD"
    | "QUERY_IS_TOO_LARGE";

  constructor(codeName: BlockError["codeName"], message: string) {
    super(message);
    this.codeName = codeName;
  }
}

/** The bytes as ClickHouse's blocks, always by LZ4: the drivers for Java read no other method. A small rest is a block of its own. */
export async function* toBlocks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const held = new Uint8Array(BLOCK_BYTES);
  let length = 0;
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length; ) {
      const taken = chunk.subarray(from, from + BLOCK_BYTES - length);
      held.set(taken, length);
      length += taken.length;
      from += taken.length;
      if (length < BLOCK_BYTES) continue;
      yield toBlock(held);
      length = 0;
    }
  }
  if (length > 0) yield toBlock(held.subarray(0, length));
}

/** One block of all of the bytes. */
export function toBlock(bytes: Uint8Array): Uint8Array {
  const block = Buffer.allocUnsafe(DATA_AT + maxPackedLength(bytes.length));
  const end = packLz4(bytes, block, DATA_AT);
  block[HASH_BYTES] = LZ4;
  block.writeUInt32LE(end - HASH_BYTES, HASH_BYTES + 1);
  block.writeUInt32LE(bytes.length, HASH_BYTES + 5);
  writeCityHash128(block, 0, block, HASH_BYTES, end - HASH_BYTES);
  return block.subarray(0, end);
}

/** What blocks of LZ4 or of nothing hold, together at most `maxBytes`. Throws `BlockError`, also of a sum that is another. */
export function fromBlocks(bytes: Buffer, maxBytes: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let from = 0; from < bytes.length; ) {
    const number = parts.length + 1;
    if (bytes.length - from < DATA_AT) throw cut(`block ${number} is cut off in its head`);
    const packed = bytes.readUInt32LE(from + HASH_BYTES + 1);
    const unpacked = bytes.readUInt32LE(from + HASH_BYTES + 5);
    const end = from + HASH_BYTES + packed;
    length += unpacked;
    if (packed <= HEAD_BYTES || end > bytes.length) {
      throw cut(`block ${number} is cut off, or these are no blocks of ClickHouse's`);
    }
    if (length > maxBytes)
      throw new BlockError("QUERY_IS_TOO_LARGE", `the blocks hold more than ${maxBytes} bytes`);
    const hash = Buffer.alloc(HASH_BYTES);
    writeCityHash128(hash, 0, bytes, from + HASH_BYTES, packed);
    if (!hash.equals(bytes.subarray(from, from + HASH_BYTES))) {
      throw new BlockError(
        "CHECKSUM_DOESNT_MATCH",
        `the checksum of block ${number} is not that of its bytes: it was damaged on its way`,
      );
    }
    parts.push(unpack(bytes[from + HASH_BYTES] ?? 0, bytes.subarray(from + DATA_AT, end), unpacked, number));
    from = end;
  }
  return Buffer.concat(parts);
}

function unpack(method: number, data: Buffer, length: number, number: number): Buffer {
  switch (method) {
    case NONE:
      if (data.length === length) return data;
      throw cut(`block ${number} has another length than it says`);
    case LZ4: {
      const target = Buffer.allocUnsafe(length);
      try {
        unpackLz4(data, target);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw cut(`block ${number} cannot be unpacked: ${error.message}`);
      }
      return target;
    }
    default: {
      const name = method === ZSTD ? "ZSTD" : `0x${method.toString(16).padStart(2, "0")}`;
      throw new BlockError(
        "UNKNOWN_COMPRESSION_METHOD",
        `block ${number} is packed with ${name}; LZ4 and none are understood`,
      );
    }
  }
}

const cut = (message: string): BlockError => new BlockError("CANNOT_DECOMPRESS", message);

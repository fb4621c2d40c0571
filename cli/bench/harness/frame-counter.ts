/** Counts the WebSocket frames (RFC 6455, 5.2) in a server's byte stream without making messages of them. */
export type FrameCounter = {
  /** Takes the next bytes; calls `onPing` with the payload of each ping. */
  take(bytes: Buffer): void;
  readonly frames: number;
  /** Payload bytes of the last data frame. */
  readonly lastFrameBytes: number;
};

const OPCODE_PING = 9;
const FIRST_CONTROL_OPCODE = 8;

export function createFrameCounter(onPing: (payload: Buffer) => void): FrameCounter {
  let rest: Buffer | null = null;
  let frames = 0;
  let lastFrameBytes = 0;
  return {
    take(bytes) {
      const buffer = rest === null ? bytes : Buffer.concat([rest, bytes]);
      let offset = 0;
      for (;;) {
        const frame = frameAt(buffer, offset);
        if (frame === null) break;
        if (frame.opcode < FIRST_CONTROL_OPCODE) {
          frames += 1;
          lastFrameBytes = frame.end - frame.start;
        } else if (frame.opcode === OPCODE_PING) {
          onPing(buffer.subarray(frame.start, frame.end));
        }
        offset = frame.end;
      }
      rest = offset === buffer.length ? null : buffer.subarray(offset);
    },
    get frames() {
      return frames;
    },
    get lastFrameBytes() {
      return lastFrameBytes;
    },
  };
}

/** Null when the frame is not there to its end. Servers do not mask. */
function frameAt(buffer: Buffer, offset: number): { opcode: number; start: number; end: number } | null {
  if (buffer.length < offset + 2) return null;
  const opcode = buffer.readUInt8(offset) & 0x0f;
  const short = buffer.readUInt8(offset + 1) & 0x7f;
  const headBytes = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (buffer.length < offset + headBytes) return null;
  const length =
    short === 126
      ? buffer.readUInt16BE(offset + 2)
      : short === 127
        ? Number(buffer.readBigUInt64BE(offset + 2))
        : short;
  const start = offset + headBytes;
  return buffer.length < start + length ? null : { opcode, start, end: start + length };
}

/** A client's frame: masked, as it must be; the mask is zero, so that the payload can be copied as it is. */
export function clientFrame(opcode: number, payload: Buffer): Buffer {
  const length = payload.length;
  const head =
    length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | length])
      : Buffer.from([0x80 | opcode, 0x80 | 126, length >> 8, length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BLUE = [0x14, 0x50, 0xc8] as const;
const WHITE = [0xff, 0xff, 0xff] as const;
/** Points looked at along each side of a pixel, for smooth edges. */
const SAMPLES = 4;

/**
 * The icon of favicon.svg as a PNG of `size` × `size` pixels, since home screens take no SVG. `maskable`: the ground fills the
 * square and the sign is smaller, so that a launcher may cut it round (the middle 80 % stay).
 */
export function drawIcon(size: number, { isMaskable = false }: { isMaskable?: boolean } = {}): Buffer {
  const rows = Buffer.alloc(size * (1 + size * 4));
  const scale = 32 / size;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      let ground = 0;
      let sign = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
        const atX = (x + ((sample % SAMPLES) + 0.5) / SAMPLES) * scale;
        const atY = (y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) * scale;
        if (isMaskable || isInRoundedSquare(atX, atY, 0, 32, 8)) ground += 1;
        const zoom = isMaskable ? 1.3 : 1;
        if (isInSign((atX - 16) * zoom + 16, (atY - 16) * zoom + 16)) sign += 1;
      }
      const share = ground === 0 ? 0 : sign / ground;
      const at = y * (1 + size * 4) + 1 + x * 4;
      for (const [channel, blue] of BLUE.entries()) {
        rows[at + channel] = Math.round(blue + ((WHITE[channel] ?? 0) - blue) * share);
      }
      rows[at + 3] = Math.round((255 * ground) / (SAMPLES * SAMPLES));
    }
  }
  return encodePng(size, rows);
}

/** In units of the 32 × 32 drawing: a square between two arcs, which stand for what is there and who looks at it. */
function isInSign(x: number, y: number): boolean {
  if (isInRoundedSquare(x, y, 12, 20, 2.2)) return true;
  const fromMiddle = Math.hypot(x - 16, y - 16);
  const isOnRing = Math.abs(fromMiddle - 9) <= 1.3;
  return isOnRing && Math.abs(y - 16) <= 5.6;
}

function isInRoundedSquare(x: number, y: number, from: number, to: number, radius: number): boolean {
  if (x < from || x > to || y < from || y > to) return false;
  const nearX = Math.min(Math.max(x, from + radius), to - radius);
  const nearY = Math.min(Math.max(y, from + radius), to - radius);
  return Math.hypot(x - nearX, y - nearY) <= radius;
}

/** 8 bits for red, green, blue and alpha; each row begins with its filter, 0 for none (PNG specification, 11.2). */
function encodePng(size: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

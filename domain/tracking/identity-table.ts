import { textHash } from "./text-hash.ts";

const FIRST_CAPACITY = 1024;
/** SGTIN-198 has 198 bits: 26 bytes, and one for the length. */
const WIDTH = 27;
const IN_OVERFLOW = 255;

/**
 * Identities of items as rows of bytes with a hash index: 27 bytes and at most 10.7 of index. Upper-case hex of up to 26
 * bytes is packed; anything else (odd, longer, not hex) lives in a map beside it. Rows that are freed are used again.
 */
export class IdentityTable {
  #rows = 0;
  #used = 0;
  #bytes = new Uint8Array(FIRST_CAPACITY * WIDTH);
  /** A slot holds row + 1, 0 is empty. At most three quarters full. */
  #slots = new Int32Array(FIRST_CAPACITY * 2);
  readonly #free: number[] = [];
  readonly #overflow = new Map<number, string>();
  readonly #packed = new Uint8Array(WIDTH);

  get size(): number {
    return this.#used;
  }

  /** Rows ever given out: all numbers below it were used at some time. */
  get rowCount(): number {
    return this.#rows;
  }

  get byteLength(): number {
    // An overflowing identity: its characters, the string's header and its entry in the map.
    return this.#bytes.byteLength + this.#slots.byteLength + this.#overflow.size * 160;
  }

  /** The row of an identity, -1 when it is not known. */
  find(identity: string): number {
    return (this.#slots[this.#slotOf(identity)] ?? 0) - 1;
  }

  /** Gives the identity a row. It must not have one. */
  add(identity: string): number {
    if ((this.#used + 1) * 4 > this.#slots.length * 3) this.#rehash(this.#slots.length * 2);
    const row = this.#free.pop() ?? this.#rows++;
    if ((row + 1) * WIDTH > this.#bytes.length) {
      const rows = row + Math.max(FIRST_CAPACITY, row >> 4);
      const bytes = new Uint8Array(rows * WIDTH);
      bytes.set(this.#bytes);
      this.#bytes = bytes;
    }
    const slot = this.#slotOf(identity);
    pack(identity, this.#packed);
    this.#bytes.set(this.#packed, row * WIDTH);
    if (this.#packed[0] === IN_OVERFLOW) this.#overflow.set(row, identity);
    this.#slots[slot] = row + 1;
    this.#used++;
    return row;
  }

  /** False for a row that was freed. */
  isInUse(row: number): boolean {
    return this.#bytes[row * WIDTH] !== 0;
  }

  remove(row: number): void {
    const mask = this.#slots.length - 1;
    let hole = this.#slotOf(this.identityAt(row));
    this.#overflow.delete(row);
    this.#bytes[row * WIDTH] = 0;
    // Close the hole: whatever stands after it and would not be found any more moves up.
    for (let slot = (hole + 1) & mask; ; slot = (slot + 1) & mask) {
      const other = (this.#slots[slot] ?? 0) - 1;
      if (other < 0) break;
      const home = textHash(this.identityAt(other)) & mask;
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        this.#slots[hole] = other + 1;
        hole = slot;
      }
    }
    this.#slots[hole] = 0;
    this.#free.push(row);
    this.#used--;
  }

  identityAt(row: number): string {
    const start = row * WIDTH;
    const length = this.#bytes[start] ?? 0;
    if (length === IN_OVERFLOW) return this.#overflow.get(row) ?? "";
    let text = "";
    for (let i = 1; i <= length; i++) text += HEX[this.#bytes[start + i] ?? 0];
    return text;
  }

  /** The slot that holds the identity, or the empty one where it belongs. */
  #slotOf(identity: string): number {
    const mask = this.#slots.length - 1;
    let slot = textHash(identity) & mask;
    for (;;) {
      const row = (this.#slots[slot] ?? 0) - 1;
      if (row < 0 || this.#holds(row, identity)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #holds(row: number, identity: string): boolean {
    const bytes = this.#bytes;
    const start = row * WIDTH;
    const length = bytes[start] ?? 0;
    if (length === IN_OVERFLOW) return this.#overflow.get(row) === identity;
    if (identity.length !== length * 2) return false;
    for (let i = 0; i < length; i++) {
      const byte = bytes[start + i + 1] ?? 0;
      if (HEX_HIGH[byte] !== identity.charCodeAt(i * 2)) return false;
      if (HEX_LOW[byte] !== identity.charCodeAt(i * 2 + 1)) return false;
    }
    return true;
  }

  #rehash(slots: number): void {
    const old = this.#slots;
    this.#slots = new Int32Array(slots);
    const mask = slots - 1;
    for (const entry of old) {
      if (entry === 0) continue;
      let slot = textHash(this.identityAt(entry - 1)) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = entry;
    }
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, "0"));
const HEX_HIGH = Uint8Array.from(HEX, (digits) => digits.charCodeAt(0));
const HEX_LOW = Uint8Array.from(HEX, (digits) => digits.charCodeAt(1));

/** Length and bytes of upper-case hex; `IN_OVERFLOW` as length when it is anything else. */
function pack(identity: string, into: Uint8Array): void {
  const digits = identity.length;
  into[0] = IN_OVERFLOW;
  if ((digits & 1) === 1 || digits > (WIDTH - 1) * 2 || digits === 0) return;
  for (let i = 0; i < digits; i += 2) {
    const high = digitOf(identity.charCodeAt(i));
    const low = digitOf(identity.charCodeAt(i + 1));
    if (high < 0 || low < 0) return;
    into[(i >> 1) + 1] = (high << 4) | low;
  }
  into[0] = digits >> 1;
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 65 && code <= 70 ? code - 55 : -1;
}

/**
 * Numbers of 64 bits that JavaScript has no fast ones of: BigInt takes four times as long. They lie in registers of two words, low before high;
 * operations name registers by the place of their low word. One set of registers for all: what is computed is computed in one go.
 */
const WORDS = new Int32Array(40);

export const at = (index: number): number => WORDS[index] ?? 0;

export function set(to: number, low: number, high: number): void {
  WORDS[to] = low;
  WORDS[to + 1] = high;
}

export function copy(to: number, from: number): void {
  set(to, at(from), at(from + 1));
}

export function add(to: number, low: number, high: number): void {
  const sum = (at(to) + low) | 0;
  WORDS[to + 1] = at(to + 1) + high + (sum >>> 0 < low >>> 0 ? 1 : 0);
  WORDS[to] = sum;
}

export const addTo = (to: number, from: number): void => add(to, at(from), at(from + 1));

export function subtract(to: number, from: number): void {
  const [low, high] = [at(from), at(from + 1)];
  WORDS[to + 1] = at(to + 1) - high - (at(to) >>> 0 < low >>> 0 ? 1 : 0);
  WORDS[to] = at(to) - low;
}

export function exclude(to: number, from: number): void {
  set(to, at(to) ^ at(from), at(to + 1) ^ at(from + 1));
}

/** Of what is 128 bits long, the lower 64. */
export function multiply(to: number, by: number): void {
  const a = at(to);
  const b = at(by);
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const low = Math.imul(a0, b0);
  const middle = (Math.imul(a1, b0) + (low >>> 16)) >>> 0;
  const other = (Math.imul(a0, b1) + (middle & 0xffff)) >>> 0;
  const carried = Math.imul(a1, b1) + (middle >>> 16) + (other >>> 16);
  WORDS[to + 1] = carried + Math.imul(a, at(by + 1)) + Math.imul(at(to + 1), b);
  WORDS[to] = Math.imul(a, b);
}

/** To the right, by 1 to 63 bits and not 32. */
export function rotate(to: number, bits: number): void {
  const low = bits < 32 ? at(to) : at(to + 1);
  const high = bits < 32 ? at(to + 1) : at(to);
  const n = bits & 31;
  set(to, (low >>> n) | (high << (32 - n)), (high >>> n) | (low << (32 - n)));
}

/** to ^= to >>> 47 */
export function mix(to: number): void {
  WORDS[to] = at(to) ^ (at(to + 1) >>> 15);
}

export const word = (view: DataView, offset: number): number => view.getInt32(offset, true);

export function load(to: number, view: DataView, offset: number): void {
  set(to, word(view, offset), word(view, offset + 4));
}

export function addLoaded(to: number, view: DataView, offset: number): void {
  add(to, word(view, offset), word(view, offset + 4));
}

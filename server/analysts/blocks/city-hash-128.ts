import {
  addLoaded,
  addTo,
  at,
  copy,
  exclude,
  load,
  mix,
  multiply,
  rotate,
  set,
  subtract,
  word,
} from "./registers.ts";

/**
 * CityHash128 of version 1.0.2, which ClickHouse's blocks are checked with. Later versions of CityHash give other numbers.
 * The algorithm is that of Google's CityHash by Geoff Pike and Jyrki Alakuijala (Copyright 2011 Google, Inc., MIT licence), as
 * ClickHouse keeps it in contrib/cityhash102. Written anew for JavaScript. Notice of the licence: NOTICE.
 */

const [X, Y, Z, V0, V1, W0, W1] = [0, 2, 4, 6, 8, 10, 12] as const;
const [A, B, C, D, T] = [14, 16, 18, 20, 22] as const;
const [K0, K1, K2, K3, K_MUL, LENGTH] = [24, 26, 28, 30, 32, 34] as const;
const CONSTANTS = {
  [K0]: 0xc3a5c85c97cb3127n,
  [K1]: 0xb492b66fbe98f273n,
  [K2]: 0x9ae16a3b2f90404fn,
  [K3]: 0xc949d7c7509e6557n,
  [K_MUL]: 0x9ddfea08eb382d69n,
};
for (const [register, value] of Object.entries(CONSTANTS)) {
  set(Number(register), Number(value & 0xffffffffn), Number(value >> 32n));
}

/** to = hash of to and other, which is left as it is. Uses T. */
function hashOfTwo(to: number, other: number): void {
  exclude(to, other);
  multiply(to, K_MUL);
  mix(to);
  copy(T, other);
  exclude(T, to);
  multiply(T, K_MUL);
  mix(T);
  multiply(T, K_MUL);
  copy(to, T);
}

/** The weak hash of 32 bytes with the seeds a and b, into both. Uses C. */
function weakHash(view: DataView, offset: number, a: number, b: number): void {
  addLoaded(a, view, offset);
  addTo(b, a);
  addLoaded(b, view, offset + 24);
  rotate(b, 21);
  copy(C, a);
  addLoaded(a, view, offset + 8);
  addLoaded(a, view, offset + 16);
  copy(T, a);
  rotate(T, 44);
  addTo(b, T);
  addLoaded(a, view, offset + 24);
  addTo(b, C);
}

/** Takes in 64 bytes. */
function takeIn(view: DataView, offset: number): void {
  addTo(X, Y);
  addTo(X, V0);
  addLoaded(X, view, offset + 16);
  rotate(X, 37);
  multiply(X, K1);
  addTo(Y, V1);
  addLoaded(Y, view, offset + 48);
  rotate(Y, 42);
  multiply(Y, K1);
  exclude(X, W1);
  exclude(Y, V0);
  exclude(Z, W0);
  rotate(Z, 33);
  copy(V0, V1);
  multiply(V0, K1);
  copy(V1, X);
  addTo(V1, W0);
  weakHash(view, offset, V0, V1);
  copy(W0, Z);
  addTo(W0, W1);
  copy(W1, Y);
  weakHash(view, offset + 32, W0, W1);
  copy(T, Z);
  copy(Z, X);
  copy(X, T);
}

/** Into `to`. Uses A and T for bytes beyond the eighth. */
function hashOfFew(to: number, view: DataView, offset: number, length: number): void {
  set(LENGTH, length, 0);
  if (length > 8) {
    load(A, view, offset + length - 8);
    copy(to, A);
    addTo(to, LENGTH);
    rotate(to, length);
    load(D, view, offset);
    hashOfTwo(D, to);
    copy(to, D);
    exclude(to, A);
  } else if (length >= 4) {
    const first = word(view, offset);
    set(to, first << 3, first >>> 29);
    addTo(to, LENGTH);
    set(A, word(view, offset + length - 4), 0);
    hashOfTwo(to, A);
  } else if (length > 0) {
    const last = view.getUint8(offset + length - 1);
    set(to, view.getUint8(offset) + (view.getUint8(offset + (length >>> 1)) << 8), 0);
    set(A, length + (last << 2), 0);
    multiply(to, K2);
    multiply(A, K3);
    exclude(to, A);
    mix(to);
    multiply(to, K2);
  } else copy(to, K2);
}

/** x ^= mix(the next 8 bytes * K1) * K1, and x *= K1. */
function takeEight(to: number, view: DataView, offset: number): void {
  load(T, view, offset);
  multiply(T, K1);
  mix(T);
  multiply(T, K1);
  exclude(to, T);
  multiply(to, K1);
}

/** Of less than 128 bytes, with the seeds X and Y; the hash is left in them. */
function hashShort(view: DataView, offset: number, length: number): void {
  if (length <= 16) {
    hashOfFew(C, view, offset, length);
    multiply(X, K1);
    mix(X);
    multiply(X, K1);
    copy(D, Y);
    multiply(D, K1);
    addTo(C, D);
    copy(D, X);
    if (length >= 8) addLoaded(D, view, offset);
    else addTo(D, C);
    mix(D);
  } else {
    load(C, view, offset + length - 8);
    addTo(C, K1);
    hashOfTwo(C, X);
    set(D, length, 0);
    addTo(D, Y);
    copy(B, C);
    addLoaded(B, view, offset + length - 16);
    hashOfTwo(D, B);
    addTo(X, D);
    for (let left = length - 16, from = offset; left > 0; left -= 16, from += 16) {
      takeEight(X, view, from);
      exclude(Y, X);
      takeEight(C, view, from + 8);
      exclude(D, C);
    }
  }
  hashOfTwo(X, C);
  hashOfTwo(D, Y);
  copy(Y, D);
  copy(D, X);
  exclude(D, Y);
  hashOfTwo(Y, X);
  copy(X, D);
}

/** Of 128 bytes and more, with the seeds X and Y; the hash is left in them. */
function hashLong(view: DataView, offset: number, length: number): void {
  set(Z, length, 0);
  multiply(Z, K1);
  copy(V0, Y);
  exclude(V0, K1);
  rotate(V0, 49);
  multiply(V0, K1);
  addLoaded(V0, view, offset);
  copy(V1, V0);
  rotate(V1, 42);
  multiply(V1, K1);
  addLoaded(V1, view, offset + 8);
  copy(W0, Y);
  addTo(W0, Z);
  rotate(W0, 35);
  multiply(W0, K1);
  addTo(W0, X);
  copy(W1, X);
  addLoaded(W1, view, offset + 88);
  rotate(W1, 53);
  multiply(W1, K1);

  const rest = length % 128;
  const end = offset + length;
  for (let from = offset; from < end - rest; from += 64) takeIn(view, from);

  copy(T, W0);
  rotate(T, 37);
  multiply(T, K0);
  addTo(Y, T);
  addTo(Y, Z);
  copy(T, V0);
  addTo(T, Z);
  rotate(T, 49);
  multiply(T, K0);
  addTo(X, T);
  // The rest from its end in steps of 32, of which the last may reach into what was taken in.
  for (let done = 32; done < rest + 32; done += 32) {
    subtract(Y, X);
    rotate(Y, 42);
    multiply(Y, K0);
    addTo(Y, V1);
    addLoaded(W0, view, end - done + 16);
    rotate(X, 49);
    multiply(X, K0);
    addTo(X, W0);
    addTo(W0, V0);
    weakHash(view, end - done, V0, V1);
  }
  hashOfTwo(X, V0);
  hashOfTwo(Y, W0);
  copy(A, X);
  addTo(A, V1);
  hashOfTwo(A, W1);
  addTo(A, Y);
  addTo(X, W1);
  addTo(Y, V1);
  hashOfTwo(X, Y);
  copy(Y, X);
  copy(X, A);
}

/**
 * The hash of `length` bytes from `offset`, in the 16 bytes at `to` of `target`, as ClickHouse's blocks carry it. At least 8 bytes: a
 * block's head alone has 9. Throws `RangeError` for fewer.
 */
export function writeCityHash128(
  target: Uint8Array,
  to: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
): void {
  if (length < 8) throw new RangeError("CityHash128 is of 8 bytes and more here");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  load(X, view, offset);
  if (length >= 16) {
    exclude(X, K3);
    load(Y, view, offset + 8);
    if (length - 16 >= 128) hashLong(view, offset + 16, length - 16);
    else hashShort(view, offset + 16, length - 16);
  } else {
    set(LENGTH, length, 0);
    multiply(LENGTH, K0);
    exclude(X, LENGTH);
    load(Y, view, offset + length - 8);
    exclude(Y, K1);
    hashShort(view, offset, 0);
  }
  const out = new DataView(target.buffer, target.byteOffset, target.byteLength);
  for (const [place, register] of [X, X + 1, Y, Y + 1].entries())
    out.setInt32(to + place * 4, at(register), true);
}

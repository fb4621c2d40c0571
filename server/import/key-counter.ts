/**
 * Counts how often each key has come, in 20 bytes a slot: a file of ten million lines must not need gigabytes for the
 * ordinals of its orders. Keys are known by two 53-bit hashes; two different keys taken for one is as good as impossible
 * (10 million keys: 1 in 10^17).
 */
export function createKeyCounter(): { next: (key: string) => number } {
  let capacity = 1 << 12;
  let used = 0;
  let first = new Float64Array(capacity);
  let second = new Float64Array(capacity);
  let counts = new Uint32Array(capacity);

  function slotOf(a: number, b: number): number {
    let slot = a % capacity;
    while (counts[slot] !== 0 && (first[slot] !== a || second[slot] !== b)) slot = (slot + 1) % capacity;
    return slot;
  }

  function grow(): void {
    const old = { first, second, counts };
    capacity *= 2;
    first = new Float64Array(capacity);
    second = new Float64Array(capacity);
    counts = new Uint32Array(capacity);
    for (const [index, count] of old.counts.entries()) {
      if (count === 0) continue;
      const a = old.first[index] ?? 0;
      const b = old.second[index] ?? 0;
      const slot = slotOf(a, b);
      first[slot] = a;
      second[slot] = b;
      counts[slot] = count;
    }
  }

  return {
    /** 1 for the first time, 2 for the second, … */
    next(key: string): number {
      if (used * 2 >= capacity) grow();
      const a = hash53(key, 0x9e3779b9);
      const b = hash53(key, 0x85ebca6b);
      const slot = slotOf(a, b);
      const count = (counts[slot] ?? 0) + 1;
      if (count === 1) used += 1;
      first[slot] = a;
      second[slot] = b;
      counts[slot] = count;
      return count;
    },
  };
}

/** Two rounds of a multiplicative hash over UTF-16 units, mixed into 53 bits (after "cyrb53", public domain). */
function hash53(text: string, seed: number): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
}

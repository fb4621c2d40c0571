type Bucket = { tokens: number; atMs: number };

/** At most `burst` at once and `perSecond` on average, for each name. Names are bounded: the longest unused one goes. */
export function createTokenBuckets(options: {
  perSecond: number;
  burst: number;
  maxNames: number;
  now: () => number;
}) {
  const buckets = new Map<string, Bucket>();
  return {
    /** @returns 0 when it may go on, else the whole seconds to wait. */
    take(name: string): number {
      const nowMs = options.now();
      const bucket = buckets.get(name) ?? { tokens: options.burst, atMs: nowMs };
      buckets.delete(name);
      if (buckets.size >= options.maxNames) {
        const oldest = buckets.keys().next();
        if (oldest.done === false) buckets.delete(oldest.value);
      }
      buckets.set(name, bucket);
      const gained = (Math.max(0, nowMs - bucket.atMs) / 1000) * options.perSecond;
      bucket.tokens = Math.min(options.burst, bucket.tokens + gained);
      bucket.atMs = nowMs;
      if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / options.perSecond));
      bucket.tokens -= 1;
      return 0;
    },
  };
}

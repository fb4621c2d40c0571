import type { NearRule } from "./placed-read.ts";

/** The reads of an instant are three numbers in their trail: when, the strongest with a strength (else NaN), and flags. */
const WIDTH = 3;
/** It was taken for near. */
const TAKEN = 1;
/** One of its reads has no strength: it says nothing against it. */
const WITHOUT_STRENGTH = 2;
/** Trails are cut back when they are a multiple of this long. */
const CUT_AT = 64 * WIDTH;

export type NearRead = { atMs: number; rssiDbm: number };
const none: readonly NearRead[] = [];

/**
 * Tells near reads from stray ones at read points that have a rule: near(e, z, t) = reads(e, z, t − W … t) ≥ k, and one of
 * them as strong as r or without a strength. A read that comes late can make later ones near that were
 * not; it can make none stray. So which reads are near does not depend on the order in which they come.
 */
export class NearReads {
  readonly #trails = new Map<number, number[]>();
  readonly #maxTrails: number;
  readonly #reorderWindowMs: number;

  constructor(limits: { maxCandidates: number; reorderWindowMs: number }) {
    this.#maxTrails = limits.maxCandidates;
    this.#reorderWindowMs = limits.reorderWindowMs;
  }

  get byteLength(): number {
    let bytes = 0;
    for (const trail of this.#trails.values()) bytes += trail.length * 8 + 60;
    return bytes;
  }

  /** The reads that are near now and were not taken so before, oldest first: this one, or later ones, or none. */
  note(item: number, place: number, read: NearRead, rule: NearRule): readonly NearRead[] {
    const trail = this.#trailOf(item, place);
    let at = trail.length;
    while (at > 0 && (trail[at - WIDTH] ?? 0) > read.atMs) at -= WIDTH;
    const flags = Number.isNaN(read.rssiDbm) ? WITHOUT_STRENGTH : 0;
    if (at > 0 && trail[at - WIDTH] === read.atMs) {
      at -= WIDTH;
      const known = trail[at + 1] ?? Number.NaN;
      const knownFlags = trail[at + 2] ?? 0;
      const isStronger = read.rssiDbm > (Number.isNaN(known) ? -Infinity : known);
      // The same again changes nothing; two antennas of a zone in one instant are as strong as the stronger.
      if (!isStronger && (knownFlags & flags) === flags) return none;
      if (isStronger) trail[at + 1] = read.rssiDbm;
      trail[at + 2] = (knownFlags | flags) & ~TAKEN;
    } else if (at === trail.length) trail.push(read.atMs, read.rssiDbm, flags);
    else trail.splice(at, 0, read.atMs, read.rssiDbm, flags);
    const near = this.#newlyNear(trail, at, rule);
    if (trail.length % CUT_AT === 0) this.#cut(trail, rule);
    return near;
  }

  /** Rows of items that are another's from now on. */
  forget(items: ReadonlySet<number>): void {
    for (const key of this.#trails.keys()) if (items.has(Math.floor(key / 65_536))) this.#trails.delete(key);
  }

  #newlyNear(trail: number[], from: number, rule: NearRule): readonly NearRead[] {
    const untilMs = (trail[from] ?? 0) + rule.windowMs;
    let near: NearRead[] | null = null;
    for (let i = from; i < trail.length && (trail[i] ?? 0) < untilMs; i += WIDTH) {
      const flags = trail[i + 2] ?? 0;
      if ((flags & TAKEN) !== 0 || !isNear(trail, i, rule)) continue;
      trail[i + 2] = flags | TAKEN;
      near ??= [];
      near.push({ atMs: trail[i] ?? 0, rssiDbm: trail[i + 1] ?? Number.NaN });
    }
    return near ?? none;
  }

  #trailOf(item: number, place: number): number[] {
    const key = item * 65_536 + place;
    let trail = this.#trails.get(key);
    if (trail !== undefined) return trail;
    if (this.#trails.size >= this.#maxTrails) {
      const oldest = this.#trails.keys().next();
      if (oldest.done !== true) this.#trails.delete(oldest.value);
    }
    trail = [];
    this.#trails.set(key, trail);
    return trail;
  }

  #cut(trail: number[], rule: NearRule): void {
    const keptSinceMs = (trail[trail.length - WIDTH] ?? 0) - rule.windowMs - this.#reorderWindowMs;
    let cut = 0;
    while ((trail[cut] ?? Infinity) < keptSinceMs) cut += WIDTH;
    trail.splice(0, cut);
  }
}

function isNear(trail: readonly number[], at: number, rule: NearRule): boolean {
  const afterMs = (trail[at] ?? 0) - rule.windowMs;
  let reads = 0;
  let isStrong = rule.minRssiDbm === null;
  for (let i = at; i >= 0 && (trail[i] ?? 0) > afterMs; i -= WIDTH) {
    reads += 1;
    const isWithout = ((trail[i + 2] ?? 0) & WITHOUT_STRENGTH) !== 0;
    if (rule.minRssiDbm !== null && (isWithout || (trail[i + 1] ?? 0) >= rule.minRssiDbm)) isStrong = true;
    if (reads >= rule.minReads && isStrong) return true;
  }
  return false;
}

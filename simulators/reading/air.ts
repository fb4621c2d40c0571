import type { Chain } from "../chain/create-chain.ts";
import type { SimulatedRead } from "../message.ts";
import { type Random, createRandom } from "../random.ts";
import type { RoundRadioSettings } from "../scenario.ts";
import type { Unit } from "../world/unit.ts";
import type { Ear } from "./ears.ts";
import { ghostOf } from "./ghost.ts";
import * as fixed from "./radio-parameters.ts";

type Pending = {
  unit: Unit;
  areaIndex: number;
  antenna: number;
  rssiDbm: number;
  count: number;
  atMs: number;
};

const BUCKET_MS = 1000;

/** Reads on their way from tags to readers. Each is dropped where its unit was carried off before its instant. */
export function createAir(settings: RoundRadioSettings, chain: Chain, seed: number) {
  const buckets: Map<number, Pending[]>[] = chain.readers.map(() => new Map());
  const nextBucket = chain.readers.map(() => 0);
  const ghosts = createRandom(seed, "ghosts");

  const isPortal = (areaIndex: number): boolean => {
    const kind = chain.areas[areaIndex]?.kind;
    return kind === "dock" || kind === "exit" || kind === "pos" || kind === "fitting_room";
  };

  const add = (ear: Ear, pending: Pending): void => {
    const bucket = Math.floor(pending.atMs / BUCKET_MS);
    const list = buckets[ear.readerIndex]?.get(bucket);
    if (list === undefined) buckets[ear.readerIndex]?.set(bucket, [pending]);
    else list.push(pending);
  };

  /** Puts `count` reads of a unit at random instants, merged as the reader merges them before it reports. */
  const spread = (
    unit: Unit,
    ear: Ear,
    from: number,
    to: number,
    count: number,
    dbm: number,
    random: Random,
  ) => {
    const isStorm = settings.storm !== null && from >= settings.storm.fromMs && from < settings.storm.toMs;
    const isUnmerged = isPortal(ear.areaIndex) || isStorm;
    // Racks are looked at for longer, and report as often in a look as a shelf does.
    const looks = Math.max(1, (to - from) / fixed.SHELF_ROUND_MS);
    const mergeMs = isUnmerged ? fixed.PORTAL_ROUND_MS : settings.reportEveryMs * looks;
    const merged = new Map<number, { atMs: number; count: number }>();
    for (let left = count; left > 0; left -= 1) {
      const atMs = from + Math.floor(random.next() * (to - from));
      const slot = Math.floor((atMs - from) / mergeMs);
      const before = merged.get(slot);
      merged.set(slot, { atMs: Math.max(atMs, before?.atMs ?? 0), count: 1 + (before?.count ?? 0) });
    }
    const areaIndex = unit.areaIndex;
    for (const { atMs, count: reads } of merged.values()) {
      const rssiDbm = Math.max(-85, random.bell(dbm, fixed.READ_STRENGTH_DEVIATION_DB));
      add(ear, { unit, areaIndex, antenna: ear.antenna, rssiDbm, count: reads, atMs });
    }
  };

  const strengthAt = (ear: Ear): number => fixed.STRENGTH_DBM[chain.areas[ear.areaIndex]?.kind ?? "backroom"];

  return {
    /** A tag in the antenna's own zone that this look sees: so it is read at least once. */
    hearNear(unit: Unit, ear: Ear, fromMs: number, toMs: number, strengthDb: number, random: Random): void {
      const lengthMs = toMs - fromMs;
      const mean = isPortal(ear.areaIndex)
        ? (fixed.PORTAL_READS_PER_SECOND * lengthMs) / 1000
        : fixed.SHELF_READS_PER_LOOK;
      const count = Math.max(1, Math.round(mean * spreadOfReads(random)));
      spread(unit, ear, fromMs, toMs, count, strengthAt(ear) + strengthDb, random);
    },

    /** A tag of another zone. Its reads are counted per 30 s, however short the look of its own zone is. */
    hearStray(unit: Unit, ear: Ear, fromMs: number, toMs: number, strengthDb: number, random: Random): void {
      const looks = (toMs - fromMs) / fixed.SHELF_ROUND_MS;
      const mean = fixed.STRAY_READS_PER_LOOK * spreadOfReads(random) * looks;
      const count = looks >= 1 ? Math.max(1, Math.round(mean)) : wholeOf(mean, random);
      spread(unit, ear, fromMs, toMs, count, strengthAt(ear) + strengthDb, random);
    },

    /** What the reader has to report by now, in the order of time. */
    takeDue(readerIndex: number, nowMs: number): SimulatedRead[] {
      const reads: SimulatedRead[] = [];
      const upTo = Math.floor(nowMs / BUCKET_MS);
      for (let bucket = nextBucket[readerIndex] ?? 0; bucket < upTo; bucket += 1) {
        for (const pending of buckets[readerIndex]?.get(bucket) ?? []) {
          if (pending.unit.areaIndex !== pending.areaIndex) continue;
          const { antenna, rssiDbm, count, atMs: observedAtMs } = pending;
          reads.push({ epcHex: pending.unit.epcHex, antenna, rssiDbm, count, observedAtMs });
          if (!ghosts.chance(fixed.GHOSTS_PER_READ * count)) continue;
          reads.push({
            epcHex: ghostOf(pending.unit.epcHex, ghosts),
            antenna,
            rssiDbm,
            count: 1,
            observedAtMs,
          });
        }
        buckets[readerIndex]?.delete(bucket);
      }
      nextBucket[readerIndex] = upTo;
      return reads.sort((left, right) => left.observedAtMs - right.observedAtMs);
    },
  };
}

/** Log-normal around 1: how unequally tags share a reader's time. */
function spreadOfReads(random: Random): number {
  return Math.exp(random.bell(0, fixed.READS_PER_LOOK_DEVIATION));
}

/** 2.6 is 2 or 3, 2.6 on average. */
function wholeOf(mean: number, random: Random): number {
  return Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0);
}

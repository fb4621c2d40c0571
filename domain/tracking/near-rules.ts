import type { NearRule } from "./placed-read.ts";
import type { ReadPointSettings } from "./tracking-settings.ts";

/** The rules of the read points: that of an antenna, else that of its reader, else none: every read is near. */
export class NearRules {
  readonly #rules = new Map<string, NearRule>();

  constructor(readPoints: readonly ReadPointSettings[]) {
    for (const { locationId, readerId, antenna, minReads, windowMs, minRssiDbm } of readPoints) {
      this.#rules.set(keyOf(locationId, readerId, antenna), { minReads, windowMs, minRssiDbm });
    }
  }

  at(locationId: string, readerId: string, antenna: number): NearRule | null {
    if (this.#rules.size === 0) return null;
    const own = this.#rules.get(keyOf(locationId, readerId, antenna));
    return own ?? this.#rules.get(keyOf(locationId, readerId, null)) ?? null;
  }
}

function keyOf(locationId: string, readerId: string, antenna: number | null): string {
  return `${locationId}/${readerId}/${antenna ?? ""}`;
}

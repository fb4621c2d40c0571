import type { MovementDifference } from "../../domain/api/tracking-replays.ts";
import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";

type Lines = { lines: number; units: number };

/** Lines of the ledger by location and reason. */
export class MovementCounts {
  readonly #byKey = new Map<string, Lines>();

  add(event: LedgerEvent): void {
    for (const { locationId, reason, quantity } of event.movements) {
      const key = `${locationId}/${reason}`;
      const lines = this.#byKey.get(key) ?? { lines: 0, units: 0 };
      lines.lines += 1;
      lines.units += quantity;
      this.#byKey.set(key, lines);
    }
  }

  /** What differs from `before`, in the order of location and reason. */
  differencesFrom(before: MovementCounts): MovementDifference[] {
    const keys = [...new Set([...before.#byKey.keys(), ...this.#byKey.keys()])].sort();
    return keys
      .map((key) => {
        const [locationId = "", reason = ""] = key.split("/");
        return { locationId, reason, before: before.#of(key), after: this.#of(key) };
      })
      .filter(({ before: a, after: b }) => a.lines !== b.lines || a.units !== b.units);
  }

  #of(key: string): Lines {
    return this.#byKey.get(key) ?? { lines: 0, units: 0 };
  }
}

import type { Database } from "../sql/database.ts";

/**
 * When each product was last physically seen at each location. Reads mostly confirm what is known and make no movement;
 * this is how their news still reaches the age of truth (KPI I13), coalesced.
 */
export class Sightings {
  #toAnnounce = new Map<string, Map<number, number>>();
  #toWrite = new Map<string, Map<number, number>>();

  /** Called for every accepted read; `gtin` is the number of a GTIN-14. */
  seen(locationId: string, gtin: number, seenAtMs: number): void {
    let products = this.#toAnnounce.get(locationId);
    if (products === undefined) {
      products = new Map();
      this.#toAnnounce.set(locationId, products);
    }
    const known = products.get(gtin);
    if (known === undefined || seenAtMs > known) products.set(gtin, seenAtMs);
  }

  /** What is new since the last call, by location. */
  takeNews(): Map<string, Map<number, number>> {
    const news = this.#toAnnounce;
    this.#toAnnounce = new Map();
    for (const [locationId, products] of news) {
      const pending = this.#toWrite.get(locationId);
      if (pending === undefined) this.#toWrite.set(locationId, new Map(products));
      else
        for (const [gtin, seenAtMs] of products)
          pending.set(gtin, Math.max(seenAtMs, pending.get(gtin) ?? 0));
    }
    return news;
  }

  async flush(db: Database): Promise<void> {
    if (this.#toWrite.size === 0) return;
    const taken = this.#toWrite;
    this.#toWrite = new Map();
    let rows = "";
    for (const [locationId, products] of taken) {
      for (const [gtin, seenAtMs] of products)
        rows += `${locationId}\t${gtin}\t${(seenAtMs / 1000).toFixed(3)}\n`;
    }
    await db.insert({
      name: "ingest/insert-sightings",
      table: "sightings",
      columns: ["location_id", "gtin", "last_seen_at"],
      rows,
    });
  }
}

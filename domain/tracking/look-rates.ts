const FIRST_CAPACITY = 1024;

/** How many looks the rate of the level above is worth, where there are few of one's own. */
const COMPANY_WEIGHT = 100;
const ZONE_WEIGHT = 50;
const PRODUCT_WEIGHT = 20;
/** Beyond these counts the past is halved, so that a rate follows what has changed. */
const MAX_PRODUCT_LOOKS = 500;
const MAX_ZONE_LOOKS = 50_000;
/** No reader sees everything, and one that sees nothing is no zone's reader. */
const LEAST = 0.02;
const MOST = 0.98;

type Counts = { seen: number; missed: number };

/**
 * The share of looks that see an item which is there, learnt per zone and product; where little is known it leans on that of the
 * zone, and this on that of all zones. A missed look counts when the item was seen again later: so what was stolen does not
 * make readers seem worse than they are. At most 27 bytes a zone and product, in a table of open addressing.
 */
export class LookRates {
  /** The row of the position of the product at the location + 1; 0 is an empty slot. */
  #rows = new Int32Array(FIRST_CAPACITY);
  #places = new Uint16Array(FIRST_CAPACITY);
  #seen = new Uint16Array(FIRST_CAPACITY);
  #missed = new Uint16Array(FIRST_CAPACITY);
  #size = 0;
  readonly #zones: Counts[] = [];
  readonly #all: Counts = { seen: 0, missed: 0 };

  get byteLength(): number {
    return this.#rows.length * 10 + this.#zones.length * 40;
  }

  /** A look saw an item after `missed` looks that had not. `row` is that of its product's position at the location. */
  note(place: number, row: number, missed: number): void {
    add(this.#all, missed, MAX_ZONE_LOOKS);
    add(this.#zoneAt(place), missed, MAX_ZONE_LOOKS);
    if ((this.#size + 1) * 4 > this.#rows.length * 3) this.#grow();
    const slot = this.#slotOf(place, row);
    if (this.#rows[slot] === 0) {
      this.#rows[slot] = row + 1;
      this.#places[slot] = place;
      this.#size++;
    }
    const counts = { seen: this.#seen[slot] ?? 0, missed: this.#missed[slot] ?? 0 };
    add(counts, Math.round(missed), MAX_PRODUCT_LOOKS);
    this.#seen[slot] = counts.seen;
    this.#missed[slot] = counts.missed;
  }

  /** `start` is the rate before anything is learnt. */
  rateOf(place: number, row: number, start: number): number {
    const all = shrunk(this.#all, start, COMPANY_WEIGHT);
    const zone = shrunk(this.#zoneAt(place), all, ZONE_WEIGHT);
    const slot = this.#slotOf(place, row);
    const own = { seen: this.#seen[slot] ?? 0, missed: this.#missed[slot] ?? 0 };
    return Math.min(MOST, Math.max(LEAST, shrunk(own, zone, PRODUCT_WEIGHT)));
  }

  #zoneAt(place: number): Counts {
    while (this.#zones.length <= place) this.#zones.push({ seen: 0, missed: 0 });
    return this.#zones[place] ?? { seen: 0, missed: 0 };
  }

  #slotOf(place: number, row: number): number {
    const mask = this.#rows.length - 1;
    let slot = Math.imul(row ^ Math.imul(place, 0x9e3779b1), 0x7feb352d) & mask;
    while (this.#rows[slot] !== 0 && !(this.#rows[slot] === row + 1 && this.#places[slot] === place)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const old = { rows: this.#rows, places: this.#places, seen: this.#seen, missed: this.#missed };
    const slots = old.rows.length * 2;
    this.#rows = new Int32Array(slots);
    this.#places = new Uint16Array(slots);
    this.#seen = new Uint16Array(slots);
    this.#missed = new Uint16Array(slots);
    for (const [from, row] of old.rows.entries()) {
      if (row === 0) continue;
      const slot = this.#slotOf(old.places[from] ?? 0, row - 1);
      this.#rows[slot] = row;
      this.#places[slot] = old.places[from] ?? 0;
      this.#seen[slot] = old.seen[from] ?? 0;
      this.#missed[slot] = old.missed[from] ?? 0;
    }
  }
}

function add(counts: Counts, missed: number, maxLooks: number): void {
  counts.seen += 1;
  counts.missed += missed;
  if (counts.seen + counts.missed <= maxLooks) return;
  counts.seen = Math.ceil(counts.seen / 2);
  counts.missed = Math.floor(counts.missed / 2);
}

function shrunk({ seen, missed }: Counts, towards: number, weight: number): number {
  return (seen + weight * towards) / (seen + missed + weight);
}

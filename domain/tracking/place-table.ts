import type { ZoneKind } from "../location.ts";
import { textHash } from "./text-hash.ts";

/** No place: an item that was never placed. */
export const NO_PLACE = 0xffff;
const MAX_PLACES = 0xffff;

/**
 * Zones of all locations as small numbers. The zone with an empty id stands for "somewhere in that location".
 * At most 65,535 zones in one process; a chain beyond that splits its locations over several.
 */
export class PlaceTable {
  readonly #byLocation = new Map<string, Map<string, number>>();
  readonly #locations: number[] = [];
  readonly #zoneIds: string[] = [];
  readonly #kinds: (ZoneKind | null)[] = [];
  readonly #orders: number[] = [];
  readonly #locationIndexOf: (locationId: string) => number;

  constructor(locationIndexOf: (locationId: string) => number) {
    this.#locationIndexOf = locationIndexOf;
  }

  /** The number of a zone. Its kind is taken from the newest read: people change what a zone is. */
  indexOf(locationId: string, zoneId: string, kind: ZoneKind | null): number {
    const index = this.#byLocation.get(locationId)?.get(zoneId);
    if (index === undefined) return this.#add(locationId, zoneId, kind);
    if (kind !== null) this.#kinds[index] = kind;
    return index;
  }

  locationAt(place: number): number {
    return this.#locations[place] ?? -1;
  }

  zoneIdAt(place: number): string {
    return this.#zoneIds[place] ?? "";
  }

  isDock(place: number): boolean {
    return this.#kinds[place] === "dock";
  }

  isExit(place: number): boolean {
    return this.#kinds[place] === "exit";
  }

  /** A zone where goods stay within sight of its readers. */
  isDwelling(place: number): boolean {
    const kind = this.#kinds[place];
    return kind === "sales_floor" || kind === "backroom";
  }

  /** A zone that goods are carried to and from by shoppers: whatever lies there for long was put back unseen, or is gone. */
  isVisited(place: number): boolean {
    const kind = this.#kinds[place];
    return kind === "fitting_room" || kind === "pos";
  }

  isTill(place: number): boolean {
    return this.#kinds[place] === "pos";
  }

  /** Which of two places comes first where times are equal: by name, so that the order of arrival does not matter. */
  orderAt(place: number): number {
    return this.#orders[place] ?? 0;
  }

  #add(locationId: string, zoneId: string, kind: ZoneKind | null): number {
    const place = this.#zoneIds.length;
    if (place >= MAX_PLACES) throw new RangeError(`more than ${MAX_PLACES} zones in one process`);
    let zones = this.#byLocation.get(locationId);
    if (zones === undefined) {
      zones = new Map();
      this.#byLocation.set(locationId, zones);
    }
    zones.set(zoneId, place);
    this.#locations.push(this.#locationIndexOf(locationId));
    this.#zoneIds.push(zoneId);
    this.#kinds.push(kind);
    this.#orders.push(textHash(`${locationId}/${zoneId}`));
    return place;
  }
}

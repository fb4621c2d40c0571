import { z } from "zod";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import { stockEventSchema, type TillEvent, tillEventSchema } from "../../domain/events/stock-event.ts";
import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { ZoneKind } from "../../domain/location.ts";
import { NearRules } from "../../domain/tracking/near-rules.ts";
import type { PlacedRead } from "../../domain/tracking/placed-read.ts";
import { createStockBook, type ResolvedEpc, type StockBook } from "../../domain/tracking/stock-book.ts";
import { DEFAULT_STOCK_BOOK_SETTINGS } from "../../domain/tracking/stock-book-settings.ts";
import {
  effectiveTracking,
  type TrackingConfiguration,
} from "../../domain/tracking/tracking-configuration.ts";
import type { ReadPointSettings, TrackingOverrides } from "../../domain/tracking/tracking-settings.ts";
import { LocationClocks } from "../pipeline/location-clocks.ts";
import type { StoredRead } from "../recovery/stored-read.ts";
import type { MessageStep, ReplayStep } from "./replay-step.ts";

/** What a replay asks of master data, as they are now. */
export type ReplayMasterData = {
  locationIds: ReadonlySet<string>;
  isKnownProduct(gtin: number): boolean;
  /** Null where the location or the zone is gone. */
  zoneKindOf(locationId: string, zoneId: string): ZoneKind | null;
  placeOf(
    locationId: string,
    readerId: string,
    antenna: number,
  ): { zoneId: string; zoneKind: ZoneKind } | null;
  resolveEpc(text: string): ResolvedEpc | null;
  /** The product that a foreign tag is mapped to, 0 for none. */
  productOfTag(epcHex: string): number;
};

/** Settings that are to differ from those that were in force. */
export type ChangedSettings = { set: TrackingOverrides; readPoints: readonly ReadPointSettings[] };

/** Verdicts of reads that the item tracker was not asked about. */
const notTaken = new Set(["waiting", "too_old", "in_future", "no_product", "unknown_product"]);

/** A stock book that is told again what ingest's was told. Each method answers with the events that come of it. */
export class ReplayBook {
  readonly book: StockBook;
  readonly #masterData: ReplayMasterData;
  readonly #clocks: LocationClocks;
  #configuration: TrackingConfiguration;
  #changed: ChangedSettings | null = null;
  #near: NearRules;

  constructor(masterData: ReplayMasterData, configuration: TrackingConfiguration) {
    this.#masterData = masterData;
    this.#configuration = configuration;
    this.book = createStockBook({
      isKnownProduct: (gtin) => masterData.isKnownProduct(gtin),
      resolveEpc: (text) => masterData.resolveEpc(text),
    });
    this.#clocks = new LocationClocks(this.book, DEFAULT_STOCK_BOOK_SETTINGS.reorderWindowMs);
    this.#near = new NearRules([]);
    this.configure(configuration);
  }

  /** These settings were in force from here on. */
  configure(configuration: TrackingConfiguration): void {
    this.#configuration = configuration;
    this.#near = new NearRules([...configuration.readPoints, ...(this.#changed?.readPoints ?? [])]);
    for (const locationId of this.#masterData.locationIds) {
      const settings = { ...effectiveTracking(configuration, locationId), ...this.#changed?.set };
      this.book.configureLocation(locationId, settings);
    }
  }

  /** From here on these differ from what was in force. */
  change(changed: ChangedSettings): void {
    this.#changed = changed;
    this.configure(this.#configuration);
  }

  takeMessage(step: MessageStep & { ordinal: number }): LedgerEvent[] {
    const { row } = step;
    const events: LedgerEvent[] = [];
    const takenAtMs = Math.floor(step.ordinal / 1000);
    for (let i = step.first; i < step.end; i += 1) {
      const gtin = row.gtin[i] ?? 0;
      const antenna = row.antenna[i] ?? -1;
      if (gtin === 0 || !this.#isTaken(row.verdict[i] ?? "")) continue;
      const place = this.#placeOf(row.location_id, row.reader_id, antenna, row.zone_id[i] ?? "");
      if (place === null) continue;
      const observedAtMs = row.observed_at_ms[i] ?? 0;
      for (const silence of this.#clocks.readCame(row.location_id, observedAtMs, takenAtMs)) {
        events.push(silence);
      }
      this.#takeRead(events, row.reader_id, {
        identity: identityOfEpc(row.epc[i] ?? ""),
        gtin,
        locationId: row.location_id,
        ...place,
        observedAtMs,
        rssiDbm: row.rssi_dbm[i] ?? Number.NaN,
        near: this.#near.at(row.location_id, row.reader_id, antenna),
      });
    }
    return events;
  }

  /** A read that had waited for a zone or a product, and has one now. */
  takeWaiting(read: StoredRead, takenAtMs: number): LedgerEvent[] {
    const { location_id: locationId, reader_id: readerId, antenna } = read;
    const gtin = read.gtin === 0 ? this.#masterData.productOfTag(read.epc) : read.gtin;
    const place = this.#masterData.placeOf(locationId, readerId, antenna);
    if (gtin === 0 || place === null) return [];
    const events = [...this.#clocks.passed(locationId, read.observed_at_ms, takenAtMs)];
    this.#takeRead(events, readerId, {
      identity: identityOfEpc(read.epc),
      gtin,
      locationId,
      zoneId: place.zoneId,
      zoneKind: place.zoneKind,
      observedAtMs: read.observed_at_ms,
      rssiDbm: read.has_rssi === 1 ? read.rssi_dbm : Number.NaN,
      near: this.#near.at(locationId, readerId, antenna),
    });
    return events;
  }

  /** `said` is what the event's body holds. Null when the book refuses what it took before. */
  takeSaid(step: ReplayStep & { kind: "said" }, said: SaidEvent): LedgerEvent[] | null {
    const { locationId, source, eventId, body, occurredAtMs } = step.event;
    const takenAtMs = Math.floor(step.ordinal / 1000);
    if (said.kind === "stock") {
      const applied = this.book.applyStockEvent(locationId, source, said.event, body);
      return applied.ok ? [applied.value] : null;
    }
    const silence = this.#clocks.passed(locationId, occurredAtMs, takenAtMs);
    if (said.earlier !== null) {
      this.book.loadTransaction(locationId, said.earlier.event, said.earlier.ledger);
    }
    const applied = this.book.applyTillEvent(locationId, source, said.event, eventId, body);
    return applied.ok ? [...silence, applied.value] : null;
  }

  #isTaken(verdict: string): boolean {
    if (!notTaken.has(verdict)) return true;
    return verdict === "unknown_product" && this.#changed?.set.requireKnownProduct === false;
  }

  #takeRead(events: LedgerEvent[], readerId: string, read: PlacedRead): void {
    const event = this.book.applyRead(read);
    if (event !== null) events.push({ ...event, source: `rfid/${readerId}` });
  }

  #placeOf(locationId: string, readerId: string, antenna: number, zoneId: string) {
    // Reads of the past were imported without a zone.
    const now = zoneId === "" ? this.#masterData.placeOf(locationId, readerId, antenna) : null;
    if (zoneId === "") return now === null ? null : { zoneId: now.zoneId, zoneKind: now.zoneKind };
    // A zone that is gone was some place to be in.
    return { zoneId, zoneKind: this.#masterData.zoneKindOf(locationId, zoneId) ?? "sales_floor" };
  }
}

/** What a till or another system said; `earlier` is the transaction of before that a void names. */
export type SaidEvent =
  | { kind: "till"; event: TillEvent; earlier: { event: TillEvent; ledger: LedgerEvent } | null }
  | { kind: "stock"; event: z.output<typeof stockEventSchema> };

/** The event of a stored body; null when this program does not understand it. */
export function readSaid(event: LedgerEvent): SaidEvent | null {
  const json: unknown = JSON.parse(event.body);
  if (event.source.startsWith("pos/")) {
    const till = tillEventSchema.safeParse(json);
    return till.success ? { kind: "till", event: till.data, earlier: null } : null;
  }
  const stock = stockEventSchema.safeParse(json);
  return stock.success ? { kind: "stock", event: stock.data } : null;
}

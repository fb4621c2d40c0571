import { createHash } from "node:crypto";
import type { StockEvent } from "../../../domain/events/stock-event.ts";
import { gtinFromNumber } from "../../../domain/gtin.ts";
import type { Receipt } from "../../../domain/receipt.ts";
import { type Refusal, refuse, type Result } from "../../../domain/result.ts";
import { type StockState, stockStateSchema } from "../../../domain/stock-state.ts";
import type { PublishEvent } from "../../events/event-publisher.ts";
import { ImportFailure } from "../import-failure.ts";
import { createKeyCounter } from "../key-counter.ts";
import {
  type ChunkOutcome,
  type ImportContext,
  type KindImporter,
  noOutcome,
  type ParsedRow,
} from "../kind-importer.ts";
import { createProductCodes } from "../product-codes.ts";
import type { SourceRow } from "../read-rows.ts";
import { createStockRowReader, STOCK_FIELDS, type StockRow } from "./stock-row.ts";

const FIELDS = { ...STOCK_FIELDS, aliases: { ...STOCK_FIELDS.aliases, state: [] } };

/** Lines of one event. Smaller events make a smaller part wait for one receipt. */
const EVENT_LINES = 1_000;
/** Rows held back until their location's event is full. */
const MAX_HELD_ROWS = 50_000;
/** Events on their way at once; each waits for its batch to be durable. */
const MAX_OPEN_EVENTS = 8;

/** Last part of the topic, `{location}/stock/import`. */
const TOPIC_SOURCE = "import";

type Entry = StockRow & { state: StockState };
type Line = ParsedRow<Entry> & { gtin: number };

/**
 * Units on hand by another system's book, published as `position` events. An event's id is made of its source and
 * content, and lines are gathered by location in file order: the same file again makes the same events, which are
 * answered as duplicates.
 */
export function createPositionImporter(
  { db, options, nowMs }: ImportContext,
  publishEvent: PublishEvent,
): KindImporter<Entry> {
  const codes = createProductCodes({ db, source: options.source, nowMs });
  const rows = createStockRowReader({ db, options });
  const seen = createKeyCounter();
  const held = new Map<string, Line[]>();
  let heldRows = 0;

  function parse(row: SourceRow): Result<Entry> {
    const stock = rows.read(row);
    if (!stock.ok) return stock;
    const text = row.fields["state"] ?? "sellable";
    const state = stockStateSchema.safeParse(text);
    if (!state.success) {
      return refuse("invalid_state", `"${text}" is none of ${stockStateSchema.options.join(", ")}`);
    }
    return { ok: true, value: { ...stock.value, state: state.data } };
  }

  async function publishAll(groups: readonly Line[][]): Promise<ChunkOutcome> {
    const outcome = noOutcome();
    for (let at = 0; at < groups.length; at += MAX_OPEN_EVENTS) {
      const part = groups.slice(at, at + MAX_OPEN_EVENTS);
      const receipts = await Promise.all(part.map((lines) => publish(lines)));
      for (const [index, receipt] of receipts.entries()) settle(outcome, part[index] ?? [], receipt);
    }
    return outcome;
  }

  async function publish(lines: readonly Line[]): Promise<Receipt> {
    const { locationId, ...event } = toEvent(options.source, lines);
    const receipt = await publishEvent({ kind: "stock", locationId, source: TOPIC_SOURCE, event });
    if (receipt.ok) return receipt.value;
    throw new ImportFailure(
      receipt.code,
      `no receipt came for an event of ${lines.length} positions at ${locationId}: ${receipt.detail} ` +
        "Import the file again: what was taken in is recognised.",
    );
  }

  /** Full events of the lines held so far, or all of them. */
  function takeGroups(isAll: boolean): Line[][] {
    const leastLines = isAll ? 1 : EVENT_LINES;
    const groups: Line[][] = [];
    for (const [key, lines] of held) {
      while (lines.length >= leastLines) {
        groups.push(lines.splice(0, EVENT_LINES));
      }
      if (lines.length === 0) held.delete(key);
    }
    heldRows -= groups.reduce((sum, group) => sum + group.length, 0);
    return groups;
  }

  return {
    fields: FIELDS,
    start: async () => {
      await codes.load();
      await rows.load();
    },
    parse,
    write: async (chunk) => {
      const known = await codes.find(
        chunk.flatMap(({ entry }) => (entry.gtin === null && entry.code !== null ? [entry.code] : [])),
      );
      const refused: { row: SourceRow; refusal: Refusal }[] = [];
      for (const { row, entry } of chunk) {
        const gtin = entry.gtin ?? known.get(entry.code ?? "");
        if (gtin === undefined) {
          const refusal = refuse("unknown_product", `no product has the code ${entry.code}; import it first`);
          refused.push({ row, refusal });
          continue;
        }
        if (seen.next(`${entry.locationId} ${gtin} ${entry.state}`) > 1) {
          const detail = "an earlier row has the same location, product and state; the first one counts";
          refused.push({ row, refusal: refuse("duplicate_in_file", detail) });
          continue;
        }
        const key = `${entry.asOfMs} ${entry.locationId}`;
        const lines = held.get(key) ?? [];
        lines.push({ row, entry, gtin });
        held.set(key, lines);
        heldRows += 1;
      }
      const outcome = await publishAll(takeGroups(heldRows > MAX_HELD_ROWS));
      return { ...outcome, refused: [...refused, ...outcome.refused] };
    },
    finish: async () => await publishAll(takeGroups(true)),
  };
}

function toEvent(source: string, lines: readonly Line[]): StockEvent & { locationId: string } {
  const entry = lines[0]?.entry;
  const locationId = entry?.locationId ?? "";
  const occurredAt = new Date(entry?.asOfMs ?? 0).toISOString();
  const stockLines = lines.map((line) => ({
    gtin: gtinFromNumber(line.gtin),
    quantity: line.entry.quantity,
    state: line.entry.state,
  }));
  const content = JSON.stringify([source, locationId, occurredAt, stockLines]);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 32);
  return { type: "position", eventId: `import.${hash}`, locationId, occurredAt, lines: stockLines };
}

function settle(outcome: ChunkOutcome, lines: readonly Line[], receipt: Receipt): void {
  switch (receipt.status) {
    case "accepted":
    case "late":
      outcome.accepted += lines.length;
      return;
    case "duplicate":
      outcome.unchanged += lines.length;
      return;
    case "rejected": {
      const refusal = refuse(receipt.code ?? "rejected", receipt.detail ?? "the event was refused");
      for (const { row } of lines) outcome.refused.push({ row, refusal });
      return;
    }
    default:
      receipt.status satisfies never;
  }
}

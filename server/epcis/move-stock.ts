import { canonicalId } from "../../domain/epcis/canonical-link.ts";
import {
  CLASS_MEMBERS,
  classesIn,
  EPC_MEMBERS,
  epcsIn,
  summaryOf,
} from "../../domain/epcis/event-summary.ts";
import { instantMs } from "../../domain/epcis/instant.ts";
import { isJsonObject, type JsonObject, textOf } from "../../domain/epcis/json-value.ts";
import { goodsOf } from "../../domain/epcis/stock/goods.ts";
import { reverseOf } from "../../domain/epcis/stock/reverse-draft.ts";
import {
  CAPTURE_SOURCE,
  type Drafted,
  type DraftContext,
  draftStock,
  type StockDraft,
} from "../../domain/epcis/stock/stock-drafts.ts";
import { stockMeaningOf } from "../../domain/epcis/stock/stock-meaning.ts";
import type { Refusal, Result } from "../../domain/result.ts";
import type { EventPublisher } from "../events/event-publisher.ts";
import type { AllLocations } from "./all-locations.ts";
import type { PublishedOutcome } from "./capture-outcome.ts";
import type { KnownGoods } from "./known-goods.ts";
import type { TakenEvent } from "./take-document.ts";
import type { ZoneReaders } from "./zone-readers.ts";

const READS_AT_ONCE = 1_000;

export type MoveStockDeps = {
  publisher: EventPublisher;
  allLocations: AllLocations;
  knownGoods: KnownGoods;
  zoneReaders: ZoneReaders;
};

export type Moved = { published: PublishedOutcome[]; left: { code: string; detail: string }[] };

/**
 * Publishes what one captured event means for stock and waits for the receipts. A refusal (the broker is away, no receipt in
 * time) is to be tried again: every event has its id, so that a repeat counts once.
 */
export async function moveStock(
  deps: MoveStockDeps,
  taken: TakenEvent,
  allowedLocationId: string | null,
): Promise<{ ok: true; value: Moved } | Refusal> {
  const context = await contextFor(deps, taken.declared ?? taken.event, allowedLocationId);
  const { drafts, left } = await draftsOf(deps, taken, context);
  const published: PublishedOutcome[] = [];
  for (const draft of drafts) {
    const outcome = await publish(deps, draft);
    if (!outcome.ok) return outcome;
    published.push(outcome.value);
  }
  return { ok: true, value: { published, left } };
}

async function draftsOf(deps: MoveStockDeps, taken: TakenEvent, context: DraftContext): Promise<Drafted> {
  const { event, eventId, hashId } = taken;
  if (!taken.isDeclaration) {
    if (!taken.isDeclaredWrong) return draftStock(event, eventId, hashId, context);
    return {
      drafts: [],
      left: [{ code: "declared_wrong", detail: "an error declaration of it came before" }],
    };
  }
  if (taken.declared === null) {
    return {
      drafts: [],
      left: [{ code: "nothing_to_reverse", detail: "the event it is about is not known" }],
    };
  }
  return await reversal(deps, draftStock(taken.declared, eventId, hashId, context), declaredAt(event));
}

/** What takes back those drafts that did something; what cannot be taken back is left to people. */
async function reversal(deps: MoveStockDeps, original: Drafted, at: string): Promise<Drafted> {
  const drafts: StockDraft[] = [];
  const left: Drafted["left"] = [];
  const ids = original.drafts.flatMap((draft) => (draft.kind === "reads" ? [] : [idOf(draft)]));
  const done = await deps.knownGoods.inLedger(ids);
  for (const draft of original.drafts) {
    const reverse = reverseOf(draft, at);
    if (draft.kind !== "reads" && !done.has(idOf(draft))) {
      left.push({ code: "nothing_to_reverse", detail: `${idOf(draft)} moved nothing` });
    } else if (reverse === null) {
      const what =
        draft.kind === "reads" ? "where its goods were seen" : `${draft.event.type} ${idOf(draft)}`;
      left.push({
        code: "not_reversible",
        detail: `${what} stands: correct the stock by hand where it is wrong`,
      });
    } else drafts.push(reverse);
  }
  return { drafts, left };
}

function declaredAt(event: JsonObject): string {
  const declaration = event["errorDeclaration"];
  const text = isJsonObject(declaration) ? textOf(declaration["declarationTime"]) : null;
  return new Date(instantMs(text ?? "")).toISOString();
}

/** What the ledger knows of the goods of an event; asked only where the event needs it. */
async function contextFor(
  deps: MoveStockDeps,
  event: JsonObject,
  allowedLocationId: string | null,
): Promise<DraftContext> {
  const locations = await deps.allLocations();
  const links = [...epcsIn(event, EPC_MEMBERS.epc), ...classesIn(event, CLASS_MEMBERS.epcClass)]
    .filter((uri) => !uri.startsWith("urn:"))
    .map((uri) => /^https:\/\/id\.gs1\.org\/01\/(\d{14})/.exec(canonicalId(uri))?.[1] ?? "")
    .filter((gtin) => gtin !== "");
  const prefixDigitsOf = await deps.knownGoods.prefixDigits([...new Set(links)]);
  const isRemoval = stockMeaningOf(summaryOf(event)) === "remove";
  const epcs = isRemoval ? goodsOf(event, prefixDigitsOf).goods.flatMap((one) => one.epcs) : [];
  const onHand = await deps.knownGoods.onHand(epcs);
  const isOnHand = (epc: string, locationId: string) => onHand.get(epc) === locationId;
  return { locations, prefixDigitsOf, allowedLocationId, isOnHand };
}

async function publish(deps: MoveStockDeps, draft: StockDraft): Promise<Result<PublishedOutcome>> {
  if (draft.kind === "reads") return await publishReads(deps, draft);
  const wish = draft.kind === "till" ? draft : { ...draft, source: CAPTURE_SOURCE };
  const receipt = await deps.publisher.publishEvent(wish);
  if (!receipt.ok) return receipt;
  const { status, code, detail } = receipt.value;
  const { kind, locationId } = draft;
  return { ok: true, value: { kind, locationId, eventId: idOf(draft), status, code, detail } };
}

async function publishReads(
  deps: MoveStockDeps,
  { locationId, zoneId, reads }: Extract<StockDraft, { kind: "reads" }>,
): Promise<Result<PublishedOutcome>> {
  const readerId = await deps.zoneReaders.readerOf(locationId, zoneId);
  const base = { kind: "reads" as const, locationId };
  if (readerId === null) {
    const detail = `${zoneId} is too long to be part of a reader's id`;
    return {
      ok: true,
      value: { ...base, eventId: "", status: "rejected", code: "zone_id_too_long", detail },
    };
  }
  for (let start = 0; start < reads.length; start += READS_AT_ONCE) {
    const sent = await deps.publisher.publishReads(
      locationId,
      readerId,
      reads.slice(start, start + READS_AT_ONCE),
    );
    if (!sent.ok) return sent;
  }
  return { ok: true, value: { ...base, eventId: readerId, status: "sent", code: null, detail: null } };
}

function idOf(draft: Exclude<StockDraft, { kind: "reads" }>): string {
  return draft.event.eventId ?? "";
}

import type { ClientFrame } from "../../domain/availability/stream-frames.ts";
import { parseGtin } from "../../domain/gtin.ts";
import type { PositionTable } from "../../domain/ledger/position-table.ts";
import type { ProblemCode } from "../problems.ts";
import { createFilter, hasMoreThan, type SubscriptionFilter } from "./subscription-filter.ts";

/** What a client asks to hear of, by WebSocket or by server-sent events. */
export type StreamWish = Pick<
  Extract<ClientFrame, { type: "subscribe" }>,
  "gtins" | "locations" | "channel" | "thresholds" | "confidence"
>;

export type ParsedWish =
  | { ok: true; filter: SubscriptionFilter }
  | { ok: false; code: ProblemCode; detail: string };

/**
 * Makes a filter of what is asked for. A band is kept in mind for each position of a subscription with thresholds, so of
 * these it may have `maxItems`; any other names at most so many products times locations.
 */
export function parseWish(
  wish: StreamWish,
  context: { isCapped: boolean; maxItems: number; table: PositionTable },
): ParsedWish {
  const gtins: number[] = [];
  for (const text of wish.gtins ?? []) {
    const parsed = parseGtin(text);
    if (!parsed.ok) return { ok: false, code: "invalid_gtin", detail: `${parsed.detail}.` };
    gtins.push(Number(parsed.value));
  }
  const tooMany = (what: string): ParsedWish => ({
    ok: false,
    code: "too_many_items",
    detail: `At most ${context.maxItems} ${what}.`,
  });
  if (gtins.length * (wish.locations?.length ?? 1) > context.maxItems) {
    return tooMany("products times locations");
  }
  const filter = createFilter({
    gtins: wish.gtins === undefined ? null : gtins,
    locations: wish.locations ?? null,
    channel: wish.channel,
    confidence: wish.confidence,
    thresholds: wish.thresholds,
    isCapped: context.isCapped,
  });
  if (filter.thresholds !== null && hasMoreThan(context.table, filter, context.maxItems)) {
    return tooMany("positions of a subscription with thresholds: name products or locations");
  }
  return { ok: true, filter };
}

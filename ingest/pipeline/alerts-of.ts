import { z } from "zod";
import type { Alert } from "../../domain/alert.ts";
import { countResultSchema } from "../../domain/events/count-result.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";

const heldCount = z.object({
  countId: z.string(),
  result: countResultSchema.pick({ state: true, expected: true, found: true }),
});

/** What a person should look at now, of an event that is durable: items that left without a sale, counts that are held. */
export function alertsOf(event: LedgerEvent): Alert[] {
  if (event.eventType === "item_left") return lossesOf(event);
  return event.eventType === "count_ended" ? heldCountOf(event) : [];
}

function heldCountOf(event: LedgerEvent): Alert[] {
  const told = heldCount.safeParse(JSON.parse(event.body));
  if (!told.success || told.data.result.state !== "held") return [];
  const { countId, result } = told.data;
  return [{ kind: "count_held", ...of(event), countId, expected: result.expected, found: result.found }];
}

/**
 * An owed sale may account for an item that left: then no line says so, and it is no loss. Nor is one whose next read came in
 * before its silence was judged.
 */
function lossesOf(event: LedgerEvent): Alert[] {
  return event.movements.flatMap((line): Alert[] => {
    if (line.reason !== "left") return [];
    const item = event.items.find((one) => one.epc === line.epc);
    if (item?.status !== "left") return [];
    const { epc } = line;
    return [{ kind: "loss", ...of(event), gtin: gtinFromNumber(line.gtin), epc, zoneId: item.zoneId }];
  });
}

function of({ locationId, occurredAtMs, eventId }: LedgerEvent) {
  return { locationId, at: new Date(occurredAtMs).toISOString(), eventId };
}

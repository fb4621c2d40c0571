import type { ShopLevel } from "../../domain/connectors/shop-message.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { PublishEvent } from "../events/event-publisher.ts";
import { HttpProblem } from "../problems.ts";
import type { ConnectorRecord } from "./connector-store.ts";
import type { LiveLine, MessageStore } from "./message-store.ts";
import { done, held, locationOf, notMapped, type Taken } from "./taken.ts";

/**
 * What a platform says that is in stock: a line of its book, to be compared with our ledger. Only a connector whose numbers are counts
 * sets the ledger to them, as of the time for which they are.
 */
export function createTakeLevels(deps: { store: MessageStore; publishEvent: PublishEvent }) {
  async function count(connector: ConnectorRecord, line: LiveLine): Promise<Taken | null> {
    const { connectorId } = connector;
    const { locationId, code, quantity, asOf } = line;
    const outcome = await deps.publishEvent({
      kind: "stock",
      locationId,
      source: connectorId,
      event: {
        type: "position",
        eventId: `${connectorId}.level.${code}.${locationId}.${Date.parse(asOf)}`,
        occurredAt: asOf,
        lines: [{ gtin: gtinFromNumber(line.gtin), quantity, state: "sellable" }],
      },
    });
    if (!outcome.ok) {
      const problem = outcome.code === "broker_unavailable" ? "broker_unavailable" : "outcome_unknown";
      throw new HttpProblem(problem, outcome.detail);
    }
    if (outcome.value.status !== "rejected") return null;
    const { code: reason, detail } = outcome.value;
    return held(reason ?? "rejected", `The ledger refused it: ${detail ?? "no reason was given"}.`);
  }

  return async (
    connector: ConnectorRecord,
    levels: readonly ShopLevel[],
    leftOut: readonly string[],
  ): Promise<Taken> => {
    const gtins = await deps.store.findCodes(
      connector.connectorId,
      levels.map(({ code }) => code),
    );
    let refused: Taken | null = null;
    const lines = levels.flatMap(({ code, locationCode, quantity, asOf }): LiveLine[] => {
      const locationId = locationOf(connector, locationCode);
      if (locationId === undefined) refused = notMapped(locationCode);
      if (locationId == null) return [];
      return [{ locationId, code, gtin: gtins.get(code) ?? 0, quantity, asOf }];
    });
    await deps.store.keepLines(connector.connectorId, lines);
    if (connector.inventoryIs === "count") {
      for (const line of lines) if (line.gtin !== 0) refused = (await count(connector, line)) ?? refused;
    }
    if (refused !== null) return refused;
    const unmatched = lines.filter(({ gtin }) => gtin === 0);
    if (unmatched.length === 0 && leftOut.length === 0) return done();
    // The next message tells the same item anew: these are on the list of what is unmatched, by the book's own lines.
    const words = [...unmatched.map(({ code }) => `no product has the code ${code}`), ...leftOut];
    return { ...done(), detail: `Not compared: ${words.join("; ").slice(0, 800)}.` };
  };
}

import type { OrderProgress } from "../../domain/connectors/connector.ts";
import type { ShopOrder, ShopRefund } from "../../domain/connectors/shop-message.ts";
import type { TillEvent } from "../../domain/events/stock-event.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { PublishEvent } from "../events/event-publisher.ts";
import { HttpProblem } from "../problems.ts";
import type { ConnectorRecord } from "./connector-store.ts";
import { held, type Taken } from "./taken.ts";

export type TakeSale = ReturnType<typeof createTakeSale>;
type GtinOf = (codes: readonly string[]) => number | null;

/**
 * What a platform's till sold and took back goes to the ledger as a till's own events do: the terminal is the connector, the transaction
 * the platform's order. Each event has an id of what it is about, so that it counts once.
 */
export function createTakeSale(deps: { publishEvent: PublishEvent }) {
  /** Null when the ledger took it, or had it. Throws `broker_unavailable` and `outcome_unknown`: ask again. */
  async function publish(locationId: string, event: TillEvent): Promise<Taken | null> {
    const receipt = await deps.publishEvent({ kind: "till", locationId, event });
    if (!receipt.ok) {
      const code = receipt.code === "broker_unavailable" ? "broker_unavailable" : "outcome_unknown";
      throw new HttpProblem(code, receipt.detail);
    }
    if (receipt.value.status !== "rejected") return null;
    const { code, detail } = receipt.value;
    return held(code ?? "rejected", `The ledger refused it: ${detail ?? code ?? "no reason was given"}.`);
  }

  return {
    /** Units that were sold beyond those that are known to be. Changes the progress. */
    async sell(
      connector: ConnectorRecord,
      order: ShopOrder,
      progress: OrderProgress & { locationId: string },
      gtinOf: GtinOf,
    ): Promise<Taken | null> {
      const { connectorId } = connector;
      const lines = order.lines.flatMap((line, index) => {
        const quantity = line.sold - (progress.sold[line.lineId] ?? 0);
        const gtin = gtinOf(line.codes);
        return quantity > 0 && gtin !== null ? [{ line, index, quantity, gtin }] : [];
      });
      if (lines.length === 0) return null;
      const refused = await publish(progress.locationId, {
        type: "sale",
        eventId: `${connectorId}.${order.orderId}.sale.${progress.sales + 1}`,
        terminalId: connectorId,
        transactionId: order.orderId,
        occurredAt: progress.sales === 0 ? order.placedAt : order.updatedAt,
        lines: lines.map(({ line, index, quantity, gtin }) => ({
          lineNo: index + 1,
          type: "sale",
          gtin: gtinFromNumber(gtin),
          quantity,
          currency: order.currency,
          ...(line.unitPrice === null ? {} : { unitPrice: line.unitPrice }),
        })),
      });
      if (refused !== null) return refused;
      progress.sales += 1;
      for (const { line, quantity } of lines) {
        progress.sold[line.lineId] = (progress.sold[line.lineId] ?? 0) + quantity;
      }
      return null;
    },

    /** Goods of a till's sale that came back to a location, and go back on the shelf. */
    takeBack: (
      connector: ConnectorRecord,
      refund: ShopRefund,
      locationId: string,
      lines: readonly { gtin: number; quantity: number }[],
    ): Promise<Taken | null> =>
      publish(locationId, {
        type: "return",
        eventId: `${connector.connectorId}.refund.${refund.refundId}.${locationId}`,
        terminalId: connector.connectorId,
        transactionId: `refund-${refund.refundId}`,
        occurredAt: refund.at,
        lines: lines.map(({ gtin, quantity }, index) => ({
          lineNo: index + 1,
          type: "return",
          gtin: gtinFromNumber(gtin),
          quantity,
          restock: true,
          original: { transactionId: refund.orderId },
        })),
      }),
  };
}

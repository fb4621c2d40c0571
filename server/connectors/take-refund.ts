import { hash } from "node:crypto";
import type { OrderProgress } from "../../domain/connectors/connector.ts";
import type { ShopRefund } from "../../domain/connectors/shop-message.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { ReturnDesk } from "../returns/return-desk.ts";
import type { ConnectorRecord } from "./connector-store.ts";
import { refusalOf } from "./refusal-of.ts";
import type { TakeSale } from "./take-sale.ts";
import { held, locationOf, notMapped, type Taken } from "./taken.ts";

type GtinOf = (codes: readonly string[]) => number | null;
type Back = { lineId: string; gtin: number; quantity: number };

/**
 * Goods that came back with a refund are back in stock where the platform says, sellable, as it sells them on. What was refunded without
 * goods moves nothing here; what had not left is cancelled by the order's own message.
 */
export function createTakeRefund(deps: { sales: TakeSale; returns: Pick<ReturnDesk, "take"> }) {
  async function ofOrders(
    connector: ConnectorRecord,
    refund: ShopRefund,
    at: { locationId: string; back: readonly Back[] },
    orders: readonly Order[],
  ): Promise<Taken | null> {
    const gone = new Map<string, number>();
    for (const { gtin, quantity } of at.back) {
      const text = gtinFromNumber(gtin);
      gone.set(text, (gone.get(text) ?? 0) + quantity);
    }
    for (const [gtin, quantity] of gone) {
      const order = orders.find(
        ({ lines }) =>
          lines
            .filter((line) => line.gtin === gtin)
            .reduce((units, line) => units + line.handedOver - line.returned, 0) >= quantity,
      );
      if (order === undefined) {
        const detail = `${quantity} units of ${gtin} came back, and have not left by what is known here.`;
        return held("goods_not_gone", detail);
      }
      const wish = {
        channel: connector.channel,
        locationId: at.locationId,
        orderId: order.orderId,
        lines: [{ gtin, quantity, epcs: [], reason: "other" as const, condition: "sellable" as const }],
      };
      const key = `${connector.connectorId}.${refund.refundId}.${at.locationId}.${gtin}`;
      const answer = await deps.returns.take(wish, {
        actor: { kind: "system", id: connector.connectorId },
        key: {
          scope: "connectors",
          key,
          requestHash: hash("sha256", JSON.stringify(wish), "base64url").slice(0, 22),
        },
      });
      if (answer.status >= 400) return refusalOf(answer);
    }
    return null;
  }

  /** Null when the goods are back, or none were. Changes the progress. */
  return async (
    connector: ConnectorRecord,
    refund: ShopRefund,
    progress: OrderProgress,
    known: { gtinOf: GtinOf; orders: readonly Order[] },
  ): Promise<Taken | null> => {
    if (progress.refunds.includes(refund.refundId)) return null;
    if (Date.parse(refund.at) < Date.parse(connector.since)) return null;
    const byLocation = new Map<string, Back[]>();
    for (const line of refund.lines) {
      // What a till sold and took off again had left by its sale.
      const isBack = line.restock === "return" || (line.restock === "cancel" && progress.kind === "sale");
      if (!isBack || line.quantity === 0) continue;
      const ordered = known.orders.flatMap((order) => order.lines).find((one) => one.lineId === line.lineId);
      const gtin = ordered === undefined ? known.gtinOf(line.codes) : Number(ordered.gtin);
      if (gtin === null) continue;
      const locationId =
        line.locationCode === null ? progress.locationId : locationOf(connector, line.locationCode);
      if (locationId === undefined) return notMapped(line.locationCode ?? "");
      if (locationId === null) continue;
      const { lineId, quantity } = line;
      byLocation.set(locationId, [...(byLocation.get(locationId) ?? []), { lineId, gtin, quantity }]);
    }
    for (const [locationId, back] of byLocation) {
      const refused =
        progress.kind === "order"
          ? await ofOrders(connector, refund, { locationId, back }, known.orders)
          : await deps.sales.takeBack(connector, refund, locationId, back);
      if (refused !== null) return refused;
    }
    progress.refunds.push(refund.refundId);
    return null;
  };
}

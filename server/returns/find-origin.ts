import type { Order } from "../../domain/orders/order.ts";
import type { Origin, OriginLine } from "../../domain/returns/origin-lines.ts";
import type { ReturnWish } from "../../domain/returns/return.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import { HttpProblem } from "../problems.ts";
import type { ReturnStore, TillRow } from "./return-store.ts";

/** How it is said where goods were bought; `locationId` is meant where a receipt names none. */
export type OriginWish = Pick<ReturnWish, "locationId" | "orderId" | "source" | "receipt">;

/** What was bought, by the id of its order, by the receipt of a till, or by what the ledger says of the items. */
export function createFindOrigin(deps: {
  store: ReturnStore;
  desk: Pick<OrderDesk, "find">;
  /** The identity of an EPC as text; null when it cannot be read. */
  identityOf(epc: string): string | null;
}) {
  const { store, desk } = deps;

  async function byOrder(orderId: string, source: string | undefined): Promise<Origin | null> {
    const order = source === undefined ? await desk.find(orderId) : null;
    return order === null ? await imported(orderId, source ?? "") : originOfOrder(order, deps.identityOf);
  }

  async function imported(orderId: string, source: string): Promise<Origin | null> {
    const rows = await store.importedOrder(orderId, source);
    const [first] = rows;
    if (first === undefined) return null;
    const id = `${first.order_source}/${orderId}`;
    const here = await store.returnedOf(`imported_order:${id}`);
    return {
      boughtIn: { kind: "imported_order", id, channel: first.channel || null, method: first.method || null },
      lines: rows.map((row) => ({
        lineId: String(row.gtin),
        gtin: row.gtin,
        handedOver: row.sold,
        returned: row.gone_back + (here.get(String(row.gtin)) ?? 0),
        epcs: [],
      })),
    };
  }

  async function byReceipt(receipt: { locationId: string; terminalId: string; transactionId: string }) {
    const { locationId, terminalId, transactionId } = receipt;
    const source = terminalId === "" ? "" : `pos/${terminalId}`;
    const rows = await store.tillSale({ locationId, source, transactionId });
    const last = rows.findLast((row) => row.event_type !== "void");
    if (last === undefined) return null;
    const own = rows.filter((row) => row.source === last.source);
    const sinceMs = Math.min(...own.map((row) => Date.parse(row.recorded_at)));
    const returned = await store.tillReturns({ locationId, transactionId, sinceMs });
    const terminal = last.source.replace("pos/", "");
    return originOfSale(`${locationId}/${terminal}/${transactionId}`, own, returned);
  }

  return async (wish: OriginWish, soldIn: readonly (string | null)[]): Promise<Origin | null> => {
    if (wish.orderId !== undefined) {
      const found = await byOrder(wish.orderId, wish.source);
      if (found === null) throw new HttpProblem("purchase_not_found", `There is no order ${wish.orderId}.`);
      return found;
    }
    if (wish.receipt !== undefined) {
      const { transactionId, terminalId = "", locationId = wish.locationId } = wish.receipt;
      const found = await byReceipt({ transactionId, terminalId, locationId });
      if (found !== null) return found;
      const detail = `No till of ${locationId} sold anything in a transaction ${transactionId}.`;
      throw new HttpProblem("purchase_not_found", detail);
    }
    // All items say the same: they were bought there.
    const [only = null, ...others] = [...new Set(soldIn)];
    if (only === null || others.length > 0) return null;
    const [locationId = "", terminalId = "", ...rest] = only.split("/");
    if (rest.length === 0) return await byOrder(only, undefined);
    return await byReceipt({ locationId, terminalId, transactionId: rest.join("/") });
  };
}

function originOfOrder(order: Order, identityOf: (epc: string) => string | null): Origin {
  const methods = new Set(order.lines.filter((line) => line.handedOver > 0).map(({ method }) => method));
  const [method = null] = methods.size === 1 ? methods : [];
  return {
    boughtIn: { kind: "order", id: order.orderId, channel: order.channel, method },
    lines: order.lines.map((line) => ({
      lineId: line.lineId,
      gtin: Number(line.gtin),
      handedOver: line.handedOver,
      returned: line.returned,
      epcs: line.epcs.flatMap((epc) => identityOf(epc) ?? []),
    })),
  };
}

/** Products of a till's transaction, without what was voided. A product is a line. */
function originOfSale(id: string, rows: readonly TillRow[], returned: ReadonlyMap<number, number>): Origin {
  const voids = rows
    .filter((row) => row.event_type === "void")
    .map(({ body }) => body.voids?.lineNos ?? null);
  const lines = new Map<number, OriginLine>();
  for (const row of rows) {
    if (row.event_type === "void") continue;
    for (const line of row.body.lines ?? []) {
      const isSale = (line.type ?? row.event_type) === "sale";
      const isVoided = voids.some((lineNos) => lineNos === null || lineNos.includes(line.lineNo));
      const named = Number(line.gtin ?? line.gtin14 ?? 0);
      // The ledger says of which product an item is that the till named by its EPC alone.
      const gtin = named > 0 ? named : (row.epc_gtins[0] ?? 0);
      if (!isSale || isVoided) continue;
      const known = lines.get(gtin);
      lines.set(gtin, {
        lineId: String(gtin),
        gtin,
        handedOver: (known?.handedOver ?? 0) + line.quantity,
        returned: returned.get(gtin) ?? 0,
        epcs: row.epcs.filter((_, index) => row.epc_gtins[index] === gtin),
      });
    }
  }
  return {
    boughtIn: { kind: "sale", id, channel: "store", method: "carry_out" },
    lines: [...lines.values()],
  };
}

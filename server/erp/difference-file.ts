import type { ErpDifference } from "../../domain/api/erp.ts";
import { writeCsvLine } from "../../domain/feeds/csv.ts";

const HEADER =
  "source,location_id,gtin,sku,name,kind,book_quantity,on_hand,difference,value_at_cost,currency,as_of\n";

/** Differences as CSV, a part of the rows at a time as fast as they are read. */
export function streamDifferences(
  parts: AsyncIterable<readonly { item: ErpDifference }[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  let isBegun = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      const text = next.done === true ? "" : next.value.map(({ item }) => lineOf(item)).join("");
      controller.enqueue(encoder.encode(isBegun ? text : HEADER + text));
      isBegun = true;
      if (next.done === true) controller.close();
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function lineOf(item: ErpDifference): string {
  return `${writeCsvLine([
    item.source,
    item.locationId,
    item.gtin,
    item.sku,
    item.name,
    item.kind,
    item.bookQuantity,
    item.onHand,
    item.difference,
    item.value ?? "",
    item.currency,
    item.asOf,
  ])}\n`;
}

import type { MessageBody } from "../message.ts";
import type { Context, Site } from "./context.ts";
import { freeUnitsByProduct } from "./pick-unit.ts";

/** Units in one opening receipt: small enough for a broker's default limit of message size, few enough messages. */
const UNITS_PER_RECEIPT = 500;

/** Puts the first units on shelves and tells the stock system of them in receipts that name their EPCs. */
export function openStock(context: Context): void {
  const { scenario } = context;
  for (const site of context.stores) {
    fill(context, site, scenario.unitsPerStore, scenario.floorShare);
    announce(context, site);
  }
  fill(context, context.warehouse, scenario.unitsInWarehouse, 0);
  announce(context, context.warehouse);
}

/** Every product about equally often, each unit on the floor or behind by chance. */
function fill(context: Context, site: Site, units: number, floorShare: number): void {
  const { chain } = context;
  const offset = site.random.int(chain.products.length);
  for (let number = 0; number < units; number += 1) {
    const isRegular = site.random.chance(0.7);
    const productIndex = isRegular
      ? (offset + number) % chain.products.length
      : site.random.int(chain.products.length);
    const areas = site.random.chance(floorShare) ? site.areas.sales_floor : site.areas.backroom;
    context.createUnit("opened", productIndex, site.random.pick(areas) ?? -1);
  }
}

type Receipt = Extract<MessageBody, { kind: "receipt" }>;

function announce(context: Context, site: Site): void {
  const byProduct = freeUnitsByProduct(context, site, ["backroom", "sales_floor"]);
  let lines: Receipt["lines"][number][] = [];
  let units = 0;
  let number = 0;
  const send = (): void => {
    if (lines.length === 0) return;
    number += 1;
    context.emit(site.locationId, "stock/opening", {
      kind: "receipt",
      eventId: `opening-${context.scenario.name}-${context.seed}-${site.locationId}-${number}`,
      atMs: null,
      note: "opening stock",
      lines,
    });
    lines = [];
    units = 0;
  };
  for (const [productIndex, held] of byProduct) {
    lines.push({
      gtin: context.chain.products[productIndex]?.gtin ?? "",
      quantity: held.length,
      epcs: held.flatMap((unit) => (unit.epcHex === "" ? [] : [unit.epcHex])),
    });
    units += held.length;
    if (units >= UNITS_PER_RECEIPT) send();
  }
  send();
}

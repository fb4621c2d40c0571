import type { MessageBody } from "../message.ts";
import { createRandom } from "../random.ts";
import type { Context, Site } from "./context.ts";
import { freeUnitsByProduct } from "./pick-unit.ts";

/** Units in one opening receipt: small enough for a broker's default limit of message size, few enough messages. */
const UNITS_PER_RECEIPT = 500;

/** Puts the first units on shelves and tells the stock system of them: in receipts that name their EPCs, or as a book. */
export function openStock(context: Context): void {
  const { scenario } = context;
  const tell = scenario.opening === "receipts" ? announce : sendBook;
  for (const [place, site] of context.stores.entries()) {
    fill(context, site, scenario.unitsPerStore, scenario.floorShare);
    for (let index = productsStillMade(context); index < context.chain.products.length; index += 1) {
      if (index % context.stores.length === place) {
        context.createUnit("opened", index, site.random.pick(site.areas.sales_floor) ?? -1);
      }
    }
    tell(context, site);
  }
  fill(context, context.warehouse, scenario.unitsInWarehouse, 0);
  tell(context, context.warehouse);
}

/** How many products, from the first of the catalogue on, are still made; of the others the last unit is in a store. */
export function productsStillMade({ scenario, chain }: Context): number {
  return chain.products.length - scenario.lastUnits;
}

/** What another system believes: quantities alone, in the stores some of them wrong by one or two. */
function sendBook(context: Context, site: Site): void {
  const { scenario, chain, seed } = context;
  const errorShare = site === context.warehouse ? 0 : scenario.bookErrorShare;
  const random = createRandom(seed, `book of ${site.locationId}`);
  const byProduct = freeUnitsByProduct(context, site, ["backroom", "sales_floor"]);
  const lines = chain.products.map(({ gtin }, productIndex) => {
    const units = byProduct.get(productIndex)?.length ?? 0;
    const isWrong = random.chance(errorShare);
    const error = (1 + random.int(2)) * (random.chance(0.5) ? 1 : -1);
    // A book that has one too few of nothing has one too many instead.
    const quantity = isWrong ? (units + error < 0 ? units + 1 : units + error) : units;
    return { gtin, quantity, epcs: [] };
  });
  context.emit(site.locationId, "stock/opening", {
    kind: "position",
    eventId: `opening-${scenario.name}-${seed}-${site.locationId}`,
    lines,
  });
}

/** Every product about equally often, each unit on the floor or behind by chance. */
function fill(context: Context, site: Site, units: number, floorShare: number): void {
  const products = productsStillMade(context);
  const offset = site.random.int(products);
  for (let number = 0; number < units; number += 1) {
    const isRegular = site.random.chance(0.7);
    const productIndex = isRegular ? (offset + number) % products : site.random.int(products);
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

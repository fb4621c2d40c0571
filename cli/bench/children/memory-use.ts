import { PositionTable } from "../../../domain/ledger/position-table.ts";
import { createStockBook } from "../../../domain/tracking/stock-book.ts";
import { answerRequests } from "../harness/answer-requests.ts";
import { serialOf } from "../harness/prepare-data.ts";
import { epcOf, gtinOf, locationIdOf } from "../harness/work-load.ts";

const LOCATIONS = 50;
const PRODUCTS = 20_000;
const TOTAL = LOCATIONS * PRODUCTS;

/** Heap and array buffers in use after everything unused was thrown away. Needs --expose-gc. */
function usedBytes(): number {
  if (globalThis.gc === undefined) throw new Error("start with --expose-gc");
  for (let round = 0; round < 4; round += 1) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Bytes per entry of what `fill` makes and keeps. */
function bytesPerEntry<T>(fill: () => T): { bytes: number; kept: T } {
  const before = usedBytes();
  const kept = fill();
  return { bytes: (usedBytes() - before) / TOTAL, kept };
}

function eachPosition(
  visit: (locationId: string, gtin: number, location: number, product: number) => void,
): void {
  const gtins = Array.from({ length: PRODUCTS }, (_, product) => Number(gtinOf(product)));
  for (let location = 0; location < LOCATIONS; location += 1) {
    const locationId = locationIdOf(location);
    for (const [product, gtin] of gtins.entries()) visit(locationId, gtin, location, product);
  }
}

function fillBook() {
  const book = createStockBook({ isKnownProduct: () => true, resolveEpc: () => null });
  const positions = bytesPerEntry(() =>
    eachPosition((locationId, gtin) => book.loadPosition(locationId, gtin, "sellable", 1)),
  );
  const atMs = Date.now();
  const items = bytesPerEntry(() =>
    eachPosition((locationId, gtin, location, product) =>
      book.loadItem({
        epc: epcOf(product, serialOf(location, 0)),
        gtin,
        locationId,
        zoneId: "floor",
        status: "present",
        state: "sellable",
        firstSeenAtMs: atMs,
        lastSeenAtMs: atMs,
      }),
    ),
  );
  const counted = book.stats();
  if (counted.positions !== TOTAL || counted.items !== TOTAL) {
    throw new Error(`the book holds ${counted.positions} positions and ${counted.items} items, not ${TOTAL}`);
  }
  return { bytesPerPosition: positions.bytes, bytesPerItem: items.bytes };
}

function fillTable() {
  const table = bytesPerEntry(() => {
    const filled = new PositionTable();
    eachPosition((locationId, gtin) => filled.add(locationId, gtin, "sellable", 1));
    return filled;
  });
  return { bytesPerPosition: table.bytes, kept: table.kept };
}

/** The reference: an object for each entry in a Map, as one would write it first. */
function fillMaps() {
  const positions = bytesPerEntry(() => {
    const map = new Map<string, { sellable: number; lastSeenAtMs: number }>();
    eachPosition((locationId, gtin) =>
      map.set(`${locationId}/${gtin}`, { sellable: 1, lastSeenAtMs: Date.now() }),
    );
    return map;
  });
  const items = bytesPerEntry(() => {
    const map = new Map<string, object>();
    eachPosition((locationId, gtin, location, product) =>
      map.set(epcOf(product, serialOf(location, 0)), {
        gtin,
        locationId,
        zoneId: "floor",
        status: "present",
        state: "sellable",
        firstSeenAtMs: Date.now(),
        lastSeenAtMs: Date.now(),
      }),
    );
    return map;
  });
  const isKept = positions.kept.size === TOTAL && items.kept.size === TOTAL;
  if (!isKept) throw new Error("the maps lost entries");
  return { bytesPerPosition: positions.bytes, bytesPerItem: items.bytes };
}

answerRequests({
  async book() {
    return fillBook();
  },
  async table() {
    return { bytesPerPosition: fillTable().bytesPerPosition };
  },
  async maps() {
    return fillMaps();
  },
});

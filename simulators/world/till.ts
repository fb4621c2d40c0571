import type { Process } from "../engine.ts";
import type { TillLine } from "../message.ts";
import { type Context, type Site, anyArea } from "./context.ts";
import type { Unit } from "./unit.ts";

const SECOND_MS = 1000;

/**
 * Sells the units, which are at the till. Returns false when the whole sale was voided and the goods stay in the store
 * (a voided line stays too). Bought units may come back later.
 */
export function* checkOut(context: Context, site: Site, bought: Unit[]): Generator<number, boolean, void> {
  const { scenario, world, engine } = context;
  const { random } = site;
  const till = nextTransaction(context, site);
  const lines = bought.map((unit, index) =>
    lineOf(context, unit, index + 1, random.chance(scenario.tillNamesEpcProbability)),
  );
  for (const unit of bought) world.sell(unit);
  context.emit(site.locationId, `pos/${till.terminalId}`, {
    kind: "sale",
    // Every till gives a transaction number; not every till gives the event an id of its own.
    eventId: till.terminalId === "T01" ? `sale-${site.locationId}-${till.transactionId}` : null,
    ...till,
    atMs: engine.nowMs(),
    lines,
  });

  if (random.chance(scenario.voidProbability)) {
    yield random.between(15, 60) * SECOND_MS;
    const isWhole = bought.length === 1 || random.chance(0.5);
    const voided = isWhole ? [...bought] : bought.slice(0, 1);
    const correction = nextTransaction(context, site, till.terminalId);
    for (const unit of voided) world.undoSale(unit);
    context.emit(site.locationId, `pos/${till.terminalId}`, {
      kind: "void",
      eventId: `void-${site.locationId}-${correction.transactionId}`,
      ...correction,
      transactionId: correction.transactionId,
      atMs: engine.nowMs(),
      voidedTransactionId: till.transactionId,
      lineNos: isWhole ? null : voided.map((_, index) => index + 1),
    });
    for (const unit of voided) unit.isHeld = false;
    bought.splice(0, voided.length);
  }
  for (const unit of bought) {
    if (!random.chance(scenario.returnProbability)) continue;
    const delayMs = 3 * 60 * SECOND_MS + random.exponential(scenario.meanReturnDelayMs);
    engine.spawn(bringBack(context, site, unit), delayMs);
  }
  return bought.length > 0;
}

/** A unit comes back: mostly to the store that sold it, sometimes to another; some must be inspected first. */
function* bringBack(context: Context, soldAt: Site, unit: Unit): Process {
  const { scenario, world, engine, stores } = context;
  const site = soldAt.random.chance(0.85) ? soldAt : (soldAt.random.pick(stores) ?? soldAt);
  const till = nextTransaction(context, site);
  world.takeBack(unit, anyArea(site, "pos"), engine.nowMs() + 15 * SECOND_MS);
  unit.isHeld = false;
  const line = lineOf(context, unit, 1, site.random.chance(scenario.tillNamesEpcProbability));
  context.emit(site.locationId, `pos/${till.terminalId}`, {
    kind: "return",
    eventId: `return-${site.locationId}-${till.transactionId}`,
    ...till,
    atMs: engine.nowMs(),
    lines: [site.random.chance(0.15) ? { ...line, state: "inspect" } : line],
  });
  yield SECOND_MS;
}

type Transaction = { terminalId: string; transactionId: string; sequence: number };

function nextTransaction(context: Context, site: Site, terminalId?: string): Transaction {
  const till =
    site.tills.find((candidate) => candidate.terminalId === terminalId) ?? site.random.pick(site.tills);
  if (till === undefined) throw new Error(`${site.locationId} has no till`);
  till.sequence += 1;
  const number = String(till.sequence).padStart(6, "0");
  return {
    terminalId: till.terminalId,
    // The seed keeps the receipts of two runs on one system apart.
    transactionId: `${context.seed}-${till.terminalId}-${number}`,
    sequence: till.sequence,
  };
}

function lineOf(context: Context, unit: Unit, lineNo: number, namesEpc: boolean): TillLine {
  const product = context.chain.products[unit.productIndex];
  return {
    lineNo,
    gtin: product?.gtin ?? "",
    epcHex: namesEpc ? unit.epcHex : "",
    unitPrice: product?.price ?? "0.00",
  };
}

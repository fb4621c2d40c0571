import { exposureOf, EXPOSURE_OF_COUNT, unitsOfBook } from "../../../domain/confidence/book-error.ts";
import { CountErrors } from "../../../domain/confidence/count-errors.ts";
import { tailOf } from "../../../domain/confidence/distribution.ts";
import { type Composition, unitsThere } from "../../../domain/confidence/units-there.ts";
import { countResultSchema } from "../../../domain/events/count-result.ts";
import type { LedgerEvent } from "../../../domain/ledger/ledger-event.ts";
import { encodeMessage } from "../../../simulators/formats/encode-message.ts";
import { createSimulation } from "../../../simulators/simulation.ts";
import type { TruthRow } from "../../../simulators/world/world.ts";
import { simulatedTimeline } from "../../../simulators/timeline.ts";
import { calibrateScenario } from "../truth/calibrate-scenario.ts";
import { createBelievedStock, stockKey } from "../truth/believed-stock.ts";
import { createIngestInMemory } from "../truth/in-memory-ingest.ts";
import type { ConfidenceChain } from "./confidence-chains.ts";

/** What is said of one position at one instant: the book, P(at least k) for k from 0 on, and how many are really there. */
export type Asked = {
  atMs: number;
  locationId: string;
  gtin: string;
  units: number;
  tail: Float64Array;
  truth: number;
};

/** The book of an untagged position: when it was counted last (0: never), and what has moved since. Unix ms. */
type Book = { countedMs: number; firstMs: number; moved: number };

/** Runs a chain through ingest in memory at full speed and asks at every instant how sure it is of every position. */
export async function askChain(
  chain: ConfidenceChain,
  seed: number,
  onAnswer: (asked: Asked) => void,
): Promise<void> {
  const { scenario, lastsMs, askFromMs, askEveryMs } = chain;
  const timeline = simulatedTimeline(scenario.startsAt);
  const simulation = createSimulation({ scenario, seed, durationMs: lastsMs, truthEveryMs: askEveryMs });
  const { locations, products, readers } = simulation;
  const isTagged = scenario.untaggedShare < 1;
  const believed = createBelievedStock();
  const errors = new CountErrors();
  const books = new Map<string, Book>();
  const categories = new Map(products.map(({ gtin, category }) => [Number(gtin), category]));

  const noteCount = (event: LedgerEvent): void => {
    const body: unknown = JSON.parse(event.body);
    const result = typeof body === "object" && body !== null && "result" in body ? body.result : null;
    const parsed = countResultSchema.safeParse(result);
    if (!parsed.success || parsed.data.state !== "applied") return;
    const { gtins, expected, counted } = parsed.data.lines;
    for (const [index, gtin] of gtins.entries()) {
      const book = books.get(stockKey(event.locationId, gtin));
      if (book === undefined) continue;
      const line = { expected: expected[index] ?? 0, counted: counted[index] ?? 0 };
      if (book.countedMs > 0) {
        const age = ageOf(book, line.expected, event.occurredAtMs);
        const exposure = exposureOf(age) + EXPOSURE_OF_COUNT;
        errors.note(event.locationId, categories.get(gtin) ?? "", { ...line, exposure });
      }
      book.countedMs = event.occurredAtMs;
      book.moved = 0;
    }
  };
  const readPoints = isTagged ? calibrateScenario(scenario, seed) : [];
  const ingest = createIngestInMemory({
    locations,
    products,
    readers,
    readPoints,
    onEvent(event) {
      believed.apply(event);
      for (const { locationId, gtin, quantity, reason } of event.movements) {
        const key = stockKey(locationId, gtin);
        const book = books.get(key) ?? { countedMs: 0, firstMs: event.occurredAtMs, moved: 0 };
        books.set(key, book);
        if (reason !== "counted") book.moved += Math.abs(quantity);
      }
      if (event.eventType === "count_ended") noteCount(event);
    },
  });

  const ask = (atMs: number, rows: readonly TruthRow[]): void => {
    const truth = new Map<string, number>();
    for (const { locationId, gtin, units } of rows) {
      const key = stockKey(locationId, gtin);
      truth.set(key, (truth.get(key) ?? 0) + units);
    }
    const items = new Map<string, Composition>();
    for (const odds of ingest.book.odds(new Set(locations.map(({ locationId }) => locationId)))) {
      items.set(stockKey(odds.locationId, odds.gtin), odds);
    }
    for (const { locationId } of locations) {
      for (const { gtin, category } of products) {
        const key = stockKey(locationId, gtin);
        const book = books.get(key);
        const units = believed.onHand.get(key) ?? 0;
        if (book === undefined || units <= 0) continue;
        const age = ageOf(book, units, timeline.toUnixMs(atMs));
        const there = isTagged
          ? unitsThere(items.get(key) ?? { levels: [], counts: [], unidentified: units })
          : unitsOfBook(units, errors.ratesOf(locationId, category), exposureOf(age));
        onAnswer({ atMs, locationId, gtin, units, tail: tailOf(there), truth: truth.get(key) ?? 0 });
      }
    }
  };

  for (const step of simulation.steps()) {
    if (step.kind === "truth") {
      if (step.dueMs >= askFromMs) ask(step.dueMs, step.rows);
      continue;
    }
    const payload = encodeMessage(step.body, timeline, step.locationId);
    await ingest.take(`onhand/${step.topic}`, payload, timeline.toUnixMs(step.dueMs));
  }
  if (ingest.refusals().size > 0) throw new Error(`refused: ${JSON.stringify([...ingest.refusals()])}`);
}

function ageOf({ countedMs, firstMs, moved }: Book, units: number, atMs: number) {
  const isCounted = countedMs > 0;
  return { isCounted, sinceMs: atMs - (isCounted ? countedMs : firstMs), moved, units };
}

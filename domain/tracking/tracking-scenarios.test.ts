import { describe, expect, test } from "vitest";
import { missingSharedData, readSharedJson } from "../../test/support/shared-data.ts";
import type { LedgerEvent } from "../ledger/ledger-event.ts";
import type { ZoneKind } from "../location.ts";
import { createStockBook, type StockBook } from "./stock-book.ts";

const FILE = "rfid/tracking/scenarios.json";

/**
 * EdgeX has every item depart that is silent for a time. Here silence alone says so at an exit only; elsewhere it is weighed by
 * looks. So its readers are exits, with its time of silence.
 */
const ALL_EXITS: ReadonlySet<string> = new Set(["EX07"]);
const DEPARTED_AFTER_MS = 600_000;

type ExpectedEvent = {
  type: string;
  epc: string;
  location?: string;
  lastKnownLocation?: string;
  from?: string;
  to?: string;
};

type Step = {
  op: string;
  at: number;
  reader: string;
  antenna: number;
  rssiDbm: number;
  epcs: string[];
  repeat: number;
  lastSeen?: number;
  expectEvents?: ExpectedEvent[];
  expectEventCounts?: Record<string, number>;
  expectTags?: Record<string, { state?: string; location?: string; lastRead?: number } | null>;
};

/** Run beside the portable ones: the same rules in other words. */
const ALSO_RUN: readonly string[] = ["EX12", "RS02"];

type Scenario = {
  id: string;
  model: "edgex" | "rsp";
  title: string;
  portable: boolean;
  readers?: Record<string, { personality?: string; minRssiDbm?: number; facility?: string }>;
  steps: Step[];
};

const missing = missingSharedData(FILE);
const scenarios = missing === null ? (readSharedJson(FILE) as { scenarios: Scenario[] }).scenarios : [];
const run = scenarios.filter((scenario) => scenario.portable || ALSO_RUN.includes(scenario.id));
const EPOCH_MS = Date.UTC(2025, 0, 1);

function placeName(scenario: Scenario, step: Step): string {
  return `${step.reader}${scenario.model === "rsp" ? "-" : "_"}${step.antenna}`;
}

/** What is a move between two facilities there is one between two locations here. */
function locationOf(scenario: Scenario, step: Step): string {
  return scenario.id === "RS02" ? (scenario.readers?.[step.reader]?.facility ?? "store") : "store";
}

function zoneKindOf(scenario: Scenario, step: Step): ZoneKind {
  const personality = scenario.readers?.[step.reader]?.personality;
  if (personality === "EXIT" || ALL_EXITS.has(scenario.id)) return "exit";
  return personality === "POS" ? "pos" : "sales_floor";
}

/**
 * The reads of a step, the last of its repeats at the step's own time: a read is known by its time, so each has its own. Where the
 * scenario has no times at all one read follows the other.
 */
function play(book: StockBook, scenario: Scenario, step: Step, nextMs: () => number): LedgerEvent[] {
  if (step.op === "checkDeparted") return book.advance("store", EPOCH_MS + step.at);
  // A read point's own floor is applied where reads are placed, before they come to the book.
  if (step.rssiDbm < (scenario.readers?.[step.reader]?.minRssiDbm ?? -Infinity)) return [];
  const hasNoTimes = scenario.steps.length > 1 && scenario.steps.every(({ at }) => at === 0);
  const events: (LedgerEvent | null)[] = [];
  for (let i = step.repeat - 1; i >= 0; i--) {
    const observedAtMs = EPOCH_MS + (hasNoTimes ? nextMs() : (step.lastSeen ?? step.at) - i);
    for (const epc of step.epcs) {
      events.push(
        book.applyRead({
          identity: epc.toUpperCase(),
          gtin: 4006381333931,
          locationId: locationOf(scenario, step),
          zoneId: placeName(scenario, step),
          zoneKind: zoneKindOf(scenario, step),
          observedAtMs,
          rssiDbm: step.rssiDbm,
          near: null,
        }),
      );
    }
  }
  return events.filter((event) => event !== null);
}

/** The scenarios' words for the ledger's. */
const TYPES: Record<string, string> = {
  arrived: "item_seen",
  arrival: "item_seen",
  moved: "item_moved",
  departed: "item_left",
};
const STATUSES: Record<string, string> = { EXITING: "exiting", Departed: "left" };

/** The events that a step should have made, as lines of text. */
function expectedEvents(scenario: Scenario, step: Step): string[] {
  const events = step.expectEvents ?? [];
  const gone = new Set(events.filter(({ type }) => type === "departed").map(({ epc }) => epc));
  const moved = new Set(
    events.filter(({ type, epc }) => type === "arrival" && gone.has(epc)).map((e) => e.epc),
  );
  return events
    .filter(({ type, epc }) => !(type === "departed" && moved.has(epc)))
    .map(({ type, epc, location, lastKnownLocation, to }) => {
      const isMove = moved.has(epc);
      const move = zoneKindOf(scenario, step) === "exit" ? "item_exiting" : "item_transferred";
      return `${isMove ? move : TYPES[type]} ${epc.toUpperCase()} ${to ?? location ?? lastKnownLocation}`;
    });
}

/** What is expected after a step beside what is so, as lines of text. */
function outcomeOf(
  book: StockBook,
  scenario: Scenario,
  step: Step,
  events: LedgerEvent[],
): { expected: string[]; found: string[] } {
  const expected: string[] = expectedEvents(scenario, step);
  const found: string[] = [];
  if (step.expectEvents !== undefined) {
    for (const { eventType, items } of events)
      found.push(`${eventType} ${items[0]?.epc} ${items[0]?.zoneId}`);
  }
  for (const [type, count] of Object.entries(step.expectEventCounts ?? {})) {
    expected.push(`${count} ${TYPES[type]}`);
    found.push(`${events.filter((event) => event.eventType === TYPES[type]).length} ${TYPES[type]}`);
  }
  for (const [epc, tag] of Object.entries(step.expectTags ?? {})) {
    const item = book.item(epc.toUpperCase());
    const isKnown = tag !== null && tag.state !== "UNKNOWN";
    const status = isKnown ? (STATUSES[tag.state ?? ""] ?? "present") : "none";
    const wanted = { place: isKnown ? tag.location : undefined, at: isKnown ? tag.lastRead : undefined };
    // Of an item whose zone is an exit, EdgeX says only that it is there.
    const isExitOfAll = ALL_EXITS.has(scenario.id) && item?.status === "exiting";
    const place = wanted.place === undefined ? "" : item?.zoneId;
    const at = wanted.at === undefined || item === null ? "" : item.lastSeenAtMs - EPOCH_MS;
    expected.push(`${epc} ${status} ${wanted.place ?? ""} ${wanted.at ?? ""}`);
    found.push(`${epc} ${isExitOfAll ? "present" : (item?.status ?? "none")} ${place} ${at}`);
  }
  return { expected: expected.sort(byText), found: found.sort(byText) };
}

const byText = (a: string, b: string) => (a < b ? -1 : 1);

describe.skipIf(missing !== null)(`the tracking scenarios of ${FILE} ${missing ?? ""}`, () => {
  test.each(run.map((scenario) => [scenario.id, scenario.title, scenario] as const))(
    "%s: %s",
    (id, _, scenario) => {
      const exitSilenceMs = ALL_EXITS.has(id) ? DEPARTED_AFTER_MS : 30_000;
      const book = createStockBook({
        defaults: { minReads: 1, minWindows: 1, requireKnownProduct: false, exitSilenceMs },
        isKnownProduct: () => false,
        resolveEpc: () => null,
      });
      let ticks = 0;
      for (const step of scenario.steps) {
        const events = play(book, scenario, step, () => ticks++);
        const { expected, found } = outcomeOf(book, scenario, step, events);
        expect(found).toEqual(expected);
      }
    },
  );

  test("are all run that are portable", () => {
    expect(run.filter((scenario) => scenario.portable)).toHaveLength(9);
    expect(run.map(({ id }) => id)).toEqual(expect.arrayContaining([...ALSO_RUN, "EX07", "RS05"]));
  });
});

import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { summaryOf } from "../../../domain/epcis/event-summary.ts";
import { matchesQuery } from "../../../domain/epcis/query/matches-query.ts";
import { parseEventQuery } from "../../../domain/epcis/query/parse-event-query.ts";
import type { Database } from "../../../sql/database.ts";
import { openTestDatabase } from "../../../test/support/start-test-server.ts";
import { createEventStore, type NewEvent } from "../event-store.ts";
import { createEventSearch, type FoundPage } from "./event-search.ts";
import type { SearchPlace } from "./search-place.ts";

const START = Date.UTC(2026, 0, 1);
const EPCS = [1, 2, 3].map((serial) => `urn:epc:id:sgtin:0614141.812345.${serial}`);
const OTHER_EPCS = ["urn:epc:id:sgtin:0614141.012345.1", "urn:epc:id:sscc:0614141.1234567890", "urn:x:y"];
const LINKS = [
  "https://id.gs1.org/01/80614141123458/21/2",
  "https://example.com/gtin/80614141123458/ser/3?x=1",
];
const CLASSES = ["urn:epc:class:lgtin:0614141.812345.L1", "https://id.gs1.org/01/80614141123458"];
const PATTERNS = [
  "urn:epc:idpat:sgtin:0614141.812345.*",
  "urn:epc:idpat:sgtin:0614141.*.*",
  ...CLASSES,
  ...LINKS,
];
const PLACES = ["urn:epc:id:sgln:0614141.00001.0", "https://id.gs1.org/414/0614141000012", "urn:x:place"];
const STEPS = [
  "receiving",
  "shipping",
  "https://ref.gs1.org/cbv/BizStep-receiving",
  "https://ns.example.com/step",
];
const DISPOSITIONS = ["in_transit", "active"];
const epcList = fc.uniqueArray(fc.constantFrom(...EPCS, ...OTHER_EPCS, ...LINKS), { maxLength: 3 });
const quantityList = fc.array(
  fc.record({ epcClass: fc.constantFrom(...CLASSES), quantity: fc.constantFrom(1, 2.5, 7) }),
  { maxLength: 2 },
);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const event = fc
  .record({
    type: fc.constantFrom("ObjectEvent", "AggregationEvent", "TransformationEvent"),
    minutes: fc.nat(20),
    action: fc.constantFrom("OBSERVE", "ADD", "DELETE"),
    bizStep: maybe(fc.constantFrom(...STEPS)),
    disposition: maybe(fc.constantFrom(...DISPOSITIONS)),
    readPoint: maybe(fc.constantFrom(...PLACES)),
    bizLocation: maybe(fc.constantFrom(...PLACES)),
    epcs: epcList,
    parent: maybe(fc.constantFrom(...EPCS)),
    quantities: quantityList,
    declaration: maybe(fc.constantFrom("did_not_occur", "incorrect_data")),
    set: maybe(fc.constantFrom(...DISPOSITIONS)),
  })
  .map(({ type, minutes, action, epcs, parent, quantities, ...rest }) => {
    const [list, quantity] =
      type === "ObjectEvent"
        ? ["epcList", "quantityList"]
        : type === "AggregationEvent"
          ? ["childEPCs", "childQuantityList"]
          : ["inputEPCList", "outputQuantityList"];
    return JSON.parse(
      JSON.stringify({
        type,
        eventTime: new Date(START + minutes * 60_000).toISOString(),
        eventTimeZoneOffset: "+00:00",
        action: type === "TransformationEvent" ? undefined : action,
        bizStep: rest.bizStep,
        disposition: rest.disposition,
        readPoint: rest.readPoint === undefined ? undefined : { id: rest.readPoint },
        bizLocation: rest.bizLocation === undefined ? undefined : { id: rest.bizLocation },
        [list]: epcs,
        [quantity]: quantities,
        parentID: type === "AggregationEvent" ? parent : undefined,
        transformationID: type === "TransformationEvent" ? parent : undefined,
        persistentDisposition: rest.set === undefined ? undefined : { set: [rest.set] },
        errorDeclaration:
          rest.declaration === undefined
            ? undefined
            : { declarationTime: new Date(START).toISOString(), reason: rest.declaration },
      }),
    ) as NewEvent["event"];
  });

const listOf = (...values: string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }).map((all) => all.join("|"));
const instant = fc.nat(20).map((minutes) => new Date(START + minutes * 60_000).toISOString());
const quantity = fc.constantFrom("1", "2.5", "7");
const MATCHES = ["epc", "parentID", "inputEPC", "anyEPC", "epcClass", "outputEPCClass", "anyEPCClass"];
const parameters = fc
  .record(
    {
      eventType: listOf("ObjectEvent", "AggregationEvent", "TransformationEvent"),
      GE_eventTime: instant,
      LT_eventTime: instant,
      EQ_action: listOf("OBSERVE", "ADD", "DELETE"),
      EQ_bizStep: listOf(...STEPS),
      EQ_disposition: listOf(...DISPOSITIONS),
      EQ_persistentDisposition_set: listOf(...DISPOSITIONS),
      EQ_readPoint: listOf(...PLACES),
      WD_readPoint: listOf(...PLACES),
      EQ_bizLocation: listOf(...PLACES),
      WD_bizLocation: listOf(...PLACES),
      EQ_transformationID: listOf(...EPCS),
      EQ_quantity: quantity,
      GT_quantity: quantity,
      LE_quantity: quantity,
      EQ_eventID: listOf("e-1", "e-2", "e-9"),
      EXISTS_errorDeclaration: fc.constantFrom("true", "false"),
      EQ_errorReason: listOf("did_not_occur", "incorrect_data"),
      match: fc.tuple(fc.constantFrom(...MATCHES), listOf(...EPCS, ...OTHER_EPCS, ...PATTERNS)),
      orderBy: fc.constantFrom("eventTime", "recordTime"),
      orderDirection: fc.constantFrom("ASC", "DESC"),
    },
    { requiredKeys: [] },
  )
  .map(({ match, ...rest }): Record<string, string> => {
    return match === undefined ? rest : Object.assign(rest, { [`MATCH_${match[0]}`]: match[1] });
  });
/** Of all that may be asked only some at once: else nothing ever answers. */
const question = fc
  .tuple(parameters, fc.uniqueArray(fc.nat(20), { minLength: 1, maxLength: 3 }))
  .map(([all, kept]) => {
    const entries = Object.entries(all);
    return Object.fromEntries(
      kept.flatMap((at) => [entries[at % Math.max(entries.length, 1)] ?? ["perPage", "30"]]),
    );
  });

const EVENTS = fc.sample(event, { numRuns: 150, seed: Number(process.env["ONHAND_SEED"] ?? 4711) });
const stored: NewEvent[] = EVENTS.map((one, index) => ({
  event: one,
  eventId: `e-${index}`,
  hashId: `h-${index}`,
  isDeclaration: one["errorDeclaration"] !== undefined,
}));

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
  const store = createEventStore({ db });
  // Three captures, so that times of recording differ and are shared.
  for (const part of [0, 1, 2]) {
    await store.insert(`c-${part}`, stored.slice(part * 50, part * 50 + 50), START + part);
  }
});
afterAll(() => db.close());

it("what ClickHouse chooses and pages is exactly what the rules choose of all events, for any question", async () => {
  const store = createEventStore({ db });
  const search = createEventSearch({ db, store, allLocations: async () => [] });
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(question, fc.integer({ min: 20, max: 60 }), async (values, limit) => {
      const parsed = parseEventQuery(values);
      if (!parsed.ok) throw new Error(parsed.detail);
      const query = parsed.value;
      const canonical = (uris: readonly string[] | null) =>
        uris === null ? null : new Set(uris.map((uri) => summaryOf({ readPoint: { id: uri } }).readPoint));
      const within = {
        readPoints: canonical(query.withinReadPoints),
        bizLocations: canonical(query.withinBizLocations),
      };
      const expected = stored.filter(({ event: one, eventId }, index) => {
        const recordTimeMs = START + Math.floor(index / 50);
        return matchesQuery({ event: one, summary: summaryOf(one), eventId, recordTimeMs }, query, within);
      });
      const found: string[] = [];
      const times: number[] = [];
      for (let after: SearchPlace | null = null, isMore = true; isMore; ) {
        const page: FoundPage = await search.page(query, { after, asOfMs: START + 9, limit });
        found.push(...page.events.map((one) => one.eventId));
        times.push(...page.events.map((one) => one.place.ms));
        after = page.next;
        isMore = page.next !== null;
      }
      expect([...found].sort()).toEqual(expected.map((one) => one.eventId).sort());
      expect(times).toEqual([...times].sort((one, other) => one - other));
      if (found.length > 0) answered += 1;
    }),
    { numRuns: process.env["ONHAND_LONG"] === "1" ? 2_000 : 60 },
  );
  expect(answered).toBeGreaterThan(15);
}, 300_000);

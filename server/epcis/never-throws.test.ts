import fc from "fast-check";
import { expect, it } from "vitest";
import { inFormat } from "../../domain/epcis/epc-format.ts";
import { summaryOf } from "../../domain/epcis/event-summary.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../domain/epcis/json-value.ts";
import { namespacesOf } from "../../domain/epcis/namespaces.ts";
import { matchesQuery } from "../../domain/epcis/query/matches-query.ts";
import { parseEventQuery } from "../../domain/epcis/query/parse-event-query.ts";
import { reverseOf } from "../../domain/epcis/stock/reverse-draft.ts";
import { draftStock } from "../../domain/epcis/stock/stock-drafts.ts";
import { locationSchema } from "../../domain/location.ts";
import { stockEventSchema, tillEventSchema } from "../../domain/events/stock-event.ts";
import { mutatedJson } from "../../test/support/json-mutations.ts";
import { readProjectFile } from "../../test/structure/source-text.ts";
import { eventHashId } from "./event-hash.ts";
import { createEpcisValidator } from "./validate.ts";

const runs = process.env["ONHAND_LONG"] === "1" ? 200_000 : 10_000;
const examples = [...readProjectFile("docs/epcis.md").matchAll(/```json\n([\s\S]*?)```/g)].map(
  ([, text = ""]) => JSON.parse(text) as JsonObject,
);
const validator = createEpcisValidator();
const locations = [
  locationSchema.parse({
    locationId: "store-1",
    name: "Store",
    gln: "9506000100005",
    zones: [{ zoneId: "dock", name: "Dock", kind: "dock" }],
  }),
];
const asked = parseEventQuery({
  MATCH_anyEPC: "urn:x:1",
  GT_quantity: "1",
  EXISTS_errorDeclaration: "false",
});

function eventsIn(value: JsonValue): readonly JsonValue[] {
  return validator.openDocument(value).opened?.events ?? [value];
}

/** All that is done with a valid event, one after the other. */
function useEvent(event: JsonObject): void {
  const summary = summaryOf(event);
  const eventId = eventHashId(event, namespacesOf(undefined));
  expect(eventId).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
  const reordered = Object.fromEntries(Object.entries(event).reverse());
  expect(eventHashId(reordered, namespacesOf(undefined))).toBe(eventId);
  inFormat(event, "Always_GS1_Digital_Link");
  if (asked.ok) {
    matchesQuery({ event, summary, eventId, recordTimeMs: 0 }, asked.value, {
      readPoints: null,
      bizLocations: null,
    });
  }
  const context = { locations, prefixDigitsOf: () => 7, allowedLocationId: null, isOnHand: () => true };
  for (const draft of draftStock(event, eventId, eventId, context).drafts) {
    // What is published is what its schema takes.
    if (draft.kind === "till") tillEventSchema.parse(draft.event);
    if (draft.kind === "stock") stockEventSchema.parse(draft.event);
    reverseOf(draft, new Date(0).toISOString());
  }
}

it("the examples of docs/epcis.md are valid", () => {
  expect(examples).toHaveLength(2);
  for (const event of examples.flatMap(eventsIn)) expect(validator.faultsOfEvent(event)).toEqual([]);
});

it(`${runs} mutated documents are judged, and what is valid is hashed, drafted and searched, without an exception`, () => {
  let valid = 0;
  fc.assert(
    fc.property(mutatedJson(examples), (mutated) => {
      validator.faultsOfLoneEvent(mutated);
      for (const event of eventsIn(mutated)) {
        if (validator.faultsOfEvent(event).length > 0 || !isJsonObject(event)) continue;
        valid += 1;
        useEvent(event);
      }
    }),
    { numRuns: runs },
  );
  expect(valid).toBeGreaterThan(runs / 10);
});

it("nesting without an end is refused, not followed", () => {
  let deep: JsonValue = {};
  for (let level = 0; level < 5_000; level += 1) deep = { "ex:in": deep };
  const [event] = examples.flatMap(eventsIn);
  expect(validator.faultsOfEvent({ ...(event as JsonObject), "ex:deep": deep })).toMatchObject([{ at: "" }]);
});

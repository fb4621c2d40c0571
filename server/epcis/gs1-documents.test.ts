import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../domain/epcis/json-value.ts";
import { namespacesOf } from "../../domain/epcis/namespaces.ts";
import { preHashOf } from "../../domain/epcis/pre-hash.ts";
import { mutatedJson } from "../../test/support/json-mutations.ts";
import { missingSharedData, readSharedJson, sharedPath } from "../../test/support/shared-data.ts";
import { eventHashId } from "./event-hash.ts";
import { createEpcisValidator } from "./validate.ts";

type Entry = {
  file: string;
  repo: string;
  kind: string;
  assert: string;
  expectedEventHashes?: string[];
  preHashStrings?: string[];
};

const SCHEMA = "rfid/epcis-reference/EPCIS-JSON-Schema.json";
const OWN = "rfid/epcis-own/retail-item-events.jsonld";
const missing = missingSharedData("rfid/epcis/manifest.json", SCHEMA, OWN);
const manifest = missing === null ? (readSharedJson("rfid/epcis/manifest.json") as Entry[]) : [];
const documents = manifest.filter((entry) => entry.kind === "document-or-event");
const read = (file: string) =>
  JSON.parse(readFileSync(sharedPath(`rfid/epcis/${file}`), "utf8")) as JsonObject;
const mutations = process.env["ONHAND_LONG"] === "1" ? 200_000 : 10_000;

const validator = createEpcisValidator();

/** Our verdict of whatever may stand alone: a document with all its events, or one event. */
function isAccepted(value: unknown, withParents: boolean): boolean {
  const type = typeof value === "object" && value !== null ? (value as JsonObject)["type"] : undefined;
  const faultsOf = withParents ? validator.faultsOfEvent : validator.schemaFaultsOfEvent;
  if (type !== "EPCISDocument" && type !== "EPCISQueryDocument") {
    const hasContext = typeof value === "object" && value !== null && "@context" in value;
    return hasContext && faultsOf(value).length === 0;
  }
  const { opened } = validator.openDocument(value);
  return opened !== null && opened.events.every((event) => faultsOf(event).length === 0);
}

function eventsOf(document: JsonObject): JsonObject[] {
  const { opened } = validator.openDocument(document);
  return (opened?.events ?? []) as JsonObject[];
}

describe.skipIf(missing !== null)(`EPCIS documents of GS1, OpenEPCIS and RalphTro ${missing ?? ""}`, () => {
  it.each(
    documents.filter((entry) => entry.assert !== "none (upstream calls it valid, GS1 schema rejects it)"),
  )("$repo: $file → $assert", ({ file, assert }) => {
    expect(isAccepted(read(file), true)).toBe(assert === "accept");
  });

  it("takes the sample of item events of this project's own mapping", () => {
    expect(isAccepted(readSharedJson(OWN), true)).toBe(true);
  });

  it.each(documents.filter((entry) => entry.expectedEventHashes !== undefined))(
    "$repo: $file: its events have the published pre-hash strings and hash ids",
    ({ file, preHashStrings = [], expectedEventHashes = [] }) => {
      const document = read(file);
      const around = namespacesOf(document["@context"]);
      // The one document that names members which shall not count.
      const ignored = new Set((document["repository-x:ignoreFields"] as string[] | undefined) ?? []);
      const events = eventsOf(document);
      expect(events.map((event) => preHashOf(event, around, ignored))).toEqual(preHashStrings);
      expect(events.map((event) => eventHashId(event, around, ignored))).toEqual(expectedEventHashes);
    },
  );
});

describe.skipIf(missing !== null)(`GS1's own schema (${SCHEMA}) ${missing ?? ""}`, () => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const byGs1 = missing === null ? ajv.compile(readSharedJson(SCHEMA) as object) : () => false;
  const sources: JsonValue[] =
    missing === null ? [...documents.map(({ file }) => read(file)), readSharedJson(OWN) as JsonValue] : [];

  it("gives the verdict that ours gives on every document", () => {
    for (const source of sources) expect(isAccepted(source, false)).toBe(byGs1(source));
  });

  it(`gives the verdict that ours gives on ${mutations} mutated documents, and neither throws`, () => {
    const lone = sources.flatMap((source) => {
      const context = (source as JsonObject)["@context"] ?? "https://ref.gs1.org/x";
      return eventsOf(source as JsonObject).map((event) => Object.assign({ "@context": context }, event));
    });
    let accepted = 0;
    fc.assert(
      fc.property(mutatedJson([...sources, ...lone]), (mutated) => {
        const expected = byGs1(mutated);
        if (expected) accepted += 1;
        if (isAccepted(mutated, false) !== expected) {
          throw new Error(`GS1's schema says ${expected} to ${JSON.stringify(mutated)}`);
        }
      }),
      { numRuns: mutations },
    );
    // Mutations that are all refused would prove half of it.
    expect(accepted).toBeGreaterThan(mutations / 20);
    expect(accepted).toBeLessThan(mutations * 0.95);
  });
});

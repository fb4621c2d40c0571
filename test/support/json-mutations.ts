import fc from "fast-check";
import { type JsonValue, isJsonObject } from "../../domain/epcis/json-value.ts";
import {
  BIZ_STEPS,
  BIZ_TRANSACTION_TYPES,
  COMPONENTS,
  DISPOSITIONS,
  ERROR_REASONS,
  EVENT_TYPES,
  MEASUREMENT_TYPES,
  SENSOR_ALERTS,
  SOURCE_AND_DESTINATION_TYPES,
} from "../../domain/epcis/vocabulary.ts";

const MEMBERS = (
  "@context type id eventTime recordTime eventTimeZoneOffset eventID certificationInfo errorDeclaration " +
  "declarationTime reason correctiveEventIDs epcList quantityList action bizStep disposition persistentDisposition set unset " +
  "readPoint bizLocation bizTransactionList bizTransaction sourceList source destinationList destination sensorElementList " +
  "sensorMetadata sensorReport ilmd parentID childEPCs childQuantityList inputEPCList inputQuantityList outputEPCList " +
  "outputQuantityList transformationID epcClass quantity uom schemaVersion creationDate epcisBody epcisHeader epcisMasterData " +
  "vocabularyList vocabularyElementList attributes attribute children eventList queryResults resultsBody queryName " +
  "subscriptionID instanceIdentifier sender receiver exception value component hexBinaryValue booleanValue time " +
  "ext:member urn:ext:member member __proto__"
).split(" ");

const WORDS = [
  EVENT_TYPES,
  BIZ_STEPS,
  DISPOSITIONS,
  BIZ_TRANSACTION_TYPES,
  SOURCE_AND_DESTINATION_TYPES,
  ERROR_REASONS,
  MEASUREMENT_TYPES,
  SENSOR_ALERTS,
  COMPONENTS,
  [
    "EPCISDocument",
    "EPCISQueryDocument",
    "OBSERVE",
    "ADD",
    "DELETE",
    "2.0",
    "2.",
    "KGM",
    "kgm",
    "A1",
    "",
    "0aF",
    "xyz",
  ],
  [
    "urn:epc:id:sgtin:0614141.107346.2017",
    "https://id.gs1.org/01/04012345999990/21/X",
    "ex:member",
    "not a uri",
  ],
  [
    "urn:epcglobal:cbv:bizstep:receiving",
    "https://ref.gs1.org/cbv/BizStep-receiving",
    "http://ns.gs1.org/cbv/x",
  ],
  ["https://gs1.org/voc/Temperature", "http://www.gs1.org/voc/x", "ni:///sha-256;ab?ver=CBV2.0"],
  ["2020-02-30T00:00:00Z", "2020-02-03T00:00:00.1Z", "2020-02-03", "2020-02-03T00:00:00"],
  [
    "2016-12-31T23:59:60Z",
    "2020-02-03T00:00:00+01",
    "2020-02-03 00:00:00.98765-0330",
    "2020-02-03t24:00:00z",
  ],
  ["+14:00", "-13:59", "+14:01", "+1:00", "Z"],
].flat();

const simple: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue[]>(...WORDS),
  fc.constantFrom<JsonValue[]>(null, true, false, 0, -1, 1.5, [], {}, [[]], [{}], [1], { id: "urn:x:1" }),
  fc.string(),
);
const anything: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 8, arbitrary: simple },
  { weight: 1, arbitrary: fc.array(simple, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom(...MEMBERS), simple, { maxKeys: 3, noNullPrototype: true }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

type Change =
  | { kind: "drop" | "double" | "swap"; where: number }
  | { kind: "set"; where: number; value: JsonValue }
  | { kind: "add"; where: number; name: string; value: JsonValue }
  | { kind: "rename"; where: number; name: string };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom("drop" as const, "double" as const, "swap" as const), where: fc.nat() }),
  fc.record({ kind: fc.constant("set" as const), where: fc.nat(), value: anything }),
  fc.record({
    kind: fc.constant("add" as const),
    where: fc.nat(),
    name: fc.oneof(fc.constantFrom(...MEMBERS), fc.string()),
    value: anything,
  }),
  fc.record({ kind: fc.constant("rename" as const), where: fc.nat(), name: fc.constantFrom(...MEMBERS) }),
);

/** Documents with one to three members dropped, added, renamed, doubled or given another value, anywhere inside. */
export function mutatedJson(sources: readonly JsonValue[]): fc.Arbitrary<JsonValue> {
  return fc
    .tuple(fc.constantFrom(...sources), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([source, changes]) => changes.reduce(changed, source));
}

type Slot = { owner: Record<string, unknown> | unknown[]; name: string | number };

function changed(source: JsonValue, wish: Change): JsonValue {
  const root = { root: structuredClone(source) };
  const slots = slotsOf(root);
  const slot = slots[wish.where % slots.length];
  if (slot === undefined) return source;
  const owner = slot.owner as Record<string | number, unknown>;
  const value = owner[slot.name];
  const remove = () => (Array.isArray(owner) ? owner.splice(Number(slot.name), 1) : delete owner[slot.name]);
  switch (wish.kind) {
    case "drop":
      if (owner !== root) remove();
      break;
    case "double":
      if (Array.isArray(owner)) owner.push(structuredClone(value));
      else define(owner, slot.name, [value, structuredClone(value)]);
      break;
    case "swap":
      define(owner, slot.name, Array.isArray(value) ? (value[0] ?? null) : [value]);
      break;
    case "set":
      define(owner, slot.name, wish.value);
      break;
    case "add":
      if (isJsonObject(value)) define(value, wish.name, wish.value);
      break;
    case "rename":
      if (owner === root || Array.isArray(owner)) break;
      remove();
      define(owner, wish.name, value);
      break;
  }
  return root.root ?? null;
}

/** As JSON.parse does it: `__proto__` becomes a member like any other. */
function define(owner: object, name: string | number, value: unknown): void {
  Object.defineProperty(owner, name, { value, enumerable: true, configurable: true, writable: true });
}

function slotsOf(root: Record<string, unknown>): Slot[] {
  const slots: Slot[] = [];
  const visit = (owner: Slot["owner"]) => {
    for (const name of Array.isArray(owner) ? owner.keys() : Object.keys(owner)) {
      slots.push({ owner, name });
      const value = (owner as Record<string | number, unknown>)[name];
      if (typeof value === "object" && value !== null) visit(value as Slot["owner"]);
    }
  };
  visit(root);
  return slots;
}

import { canonicalId } from "./canonical-link.ts";
import { CLASS_MEMBERS, EPC_MEMBERS } from "./event-summary.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./json-value.ts";

export const EPC_FORMATS = [
  "No_Preference",
  "Always_GS1_Digital_Link",
  "Always_EPC_URN",
  "Never_Translates",
] as const;
export type EpcFormat = (typeof EPC_FORMATS)[number];

const EPCS: ReadonlySet<string> = new Set(Object.values(EPC_MEMBERS).flat());
const QUANTITIES: ReadonlySet<string> = new Set(Object.values(CLASS_MEMBERS).flat());
const PLACES: ReadonlySet<string> = new Set(["readPoint", "bizLocation"]);

/**
 * The event with its EPCs, classes and places in the form asked for. `Always_EPC_URN` leaves Digital Links as they are: a
 * Digital Link does not tell how long its company prefix is, and a URN says it.
 */
export function inFormat(event: JsonObject, format: EpcFormat): JsonObject {
  if (format !== "Always_GS1_Digital_Link") return event;
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      value === undefined ? value : translated(name, value),
    ]),
  );
}

function translated(name: string, value: JsonValue): JsonValue {
  if (EPCS.has(name)) return inLinks(value);
  if (PLACES.has(name) && isJsonObject(value)) return withLink(value, "id");
  if (!QUANTITIES.has(name) || !Array.isArray(value)) return value;
  return value.map((one: JsonValue) => (isJsonObject(one) ? withLink(one, "epcClass") : one));
}

function inLinks(value: JsonValue): JsonValue {
  if (typeof value === "string") return canonicalId(value);
  return Array.isArray(value) ? value.map((one: JsonValue) => inLinks(one)) : value;
}

function withLink(object: JsonObject, member: string): JsonObject {
  const value = object[member];
  return typeof value === "string" ? { ...object, [member]: canonicalId(value) } : object;
}

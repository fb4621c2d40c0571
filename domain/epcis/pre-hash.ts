import { canonicalLink } from "./canonical-link.ts";
import { instantMs } from "./instant.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./json-value.ts";
import { bracedName, expandCurie, type Namespaces, namespacesOf } from "./namespaces.ts";
import { FIELDS, type Field, NEVER_HASHED } from "./pre-hash-fields.ts";
import { VOCABULARIES, type VocabularyName } from "./vocabulary.ts";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * The text that an event's hash id is made of (CBV 2.0 §8.9; order and escapes as the reference implementation's published
 * vectors have them): the same event written in any order, with URNs or Digital Links, in any time zone, has the same text.
 * `document` are the namespaces around the event; `ignored` names extension members that shall not count.
 */
export function preHashOf(
  event: JsonObject,
  document: Namespaces,
  ignored: ReadonlySet<string> = new Set(),
): string {
  const namespaces = namespacesOf(event["@context"], document);
  const counted = Object.fromEntries(
    Object.entries(event).filter(([name]) => !NEVER_HASHED.has(name) && !ignored.has(name)),
  );
  return `eventType=${valueText(event["type"] ?? "", namespaces)}${fieldsText(counted, FIELDS, namespaces)}`;
}

/** The known members in their order, then all others, sorted. */
function fieldsText(object: JsonObject, fields: readonly Field[], namespaces: Namespaces): string {
  const known = fields.map((field) => fieldText(object[field.name], field, namespaces)).join("");
  const names = new Set(fields.map((field) => field.name));
  const others = Object.entries(object).filter(([name]) => !names.has(name) && !NEVER_HASHED.has(name));
  return known + extensionsText(others, namespaces);
}

function fieldText(value: JsonValue | undefined, field: Field, namespaces: Namespaces): string {
  if (value === undefined || value === null) return "";
  if (field.element !== undefined) {
    const items = (Array.isArray(value) ? value : [value]).map((item) => {
      const text = contentText(item, field, namespaces);
      return text === "" ? "" : `${field.element}${text}`;
    });
    const joined = sorted(items).join("");
    return joined === "" ? "" : field.name + joined;
  }
  const items = (Array.isArray(value) ? value : [value]).map((item) => {
    const text = contentText(item, field, namespaces);
    return text === "" ? "" : `${field.name}${text}`;
  });
  return sorted(items).join("");
}

function contentText(value: JsonValue, field: Field, namespaces: Namespaces): string {
  if (isJsonObject(value)) {
    if (field.fields !== undefined) return fieldsText(value, field.fields, namespaces);
    return extensionsText(Object.entries(value), namespaces);
  }
  if (field.isTime === true) return `=${instantText(plainText(value))}`;
  const text = valueText(value, namespaces, field.vocabulary);
  return text === "" ? "" : `=${text}`;
}

function extensionsText(
  members: readonly (readonly [string, JsonValue | undefined])[],
  namespaces: Namespaces,
): string {
  return sorted(members.flatMap(([name, value]) => extensionTexts(name, value, namespaces))).join("");
}

function extensionTexts(name: string, value: JsonValue | undefined, around: Namespaces): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((one: JsonValue) => extensionTexts(name, one, around));
  if (isJsonObject(value)) {
    const namespaces = namespacesOf(value["@context"], around);
    const members = Object.entries(value).filter(([member]) => !NEVER_HASHED_INSIDE.has(member));
    return [bracedName(name, namespaces) + extensionsText(members, namespaces)];
  }
  const text = valueText(value, around);
  return [text === "" ? bracedName(name, around) : `${bracedName(name, around)}=${text}`];
}

const NEVER_HASHED_INSIDE: ReadonlySet<string> = new Set(["@context", "rdfs:comment"]);

function valueText(value: JsonValue, namespaces: Namespaces, vocabulary?: VocabularyName): string {
  if (typeof value === "number") return numberText(value);
  const text = expandCurie(plainText(value).trim(), namespaces);
  if (vocabulary !== undefined && !text.includes(":")) return VOCABULARIES[vocabulary].web + text;
  for (const { urn, web } of Object.values(VOCABULARIES)) {
    if (urn !== null && text.startsWith(urn)) return web + text.slice(urn.length);
  }
  if (NUMBER.test(text)) return numberText(Number(text));
  return canonicalLink(text) ?? text;
}

/** Values with parts of their own never come here from a valid event. */
function plainText(value: JsonValue): string {
  if (typeof value === "string") return value;
  return value === null ? "" : JSON.stringify(value);
}

/** Without leading or trailing zeros, sign or point that say nothing. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

/** UTC with milliseconds. A text that is no time stays as it is. */
function instantText(text: string): string {
  const ms = instantMs(text);
  return Number.isNaN(ms) ? text.trim() : new Date(ms).toISOString();
}

/** By code points, which is the order of the UTF-8 bytes. */
function sorted(texts: readonly string[]): string[] {
  return texts.filter((text) => text !== "").sort(byCodePoints);
}

function byCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const difference = (left.codePointAt(at) ?? 0) - (right.codePointAt(at) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

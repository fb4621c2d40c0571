import { isJsonObject, type JsonValue } from "./json-value.ts";

/** Prefix to namespace, as declared by `@context`. */
export type Namespaces = ReadonlyMap<string, string>;

/** What GS1's own context declares. */
const STANDARD: Namespaces = new Map([
  ["epcis", "https://ref.gs1.org/epcis/"],
  ["cbv", "https://ref.gs1.org/cbv/"],
  ["cbvmda", "urn:epcglobal:cbv:mda:"],
  ["gs1", "https://gs1.org/voc/"],
  ["rdfs", "http://www.w3.org/2000/01/rdf-schema#"],
  ["owl", "http://www.w3.org/2002/07/owl#"],
  ["xsd", "http://www.w3.org/2001/XMLSchema#"],
  ["dcterms", "http://purl.org/dc/terms/"],
]);

/** The prefixes of a document's or an event's `@context`, beside those around it. Contexts behind URLs are not fetched. */
export function namespacesOf(context: JsonValue | undefined, around: Namespaces = STANDARD): Namespaces {
  const declared = Array.isArray(context) ? context : [context];
  const entries = declared.flatMap((one) => (isJsonObject(one) ? Object.entries(one) : []));
  if (entries.length === 0) return around;
  const namespaces = new Map(around);
  for (const [prefix, namespace] of entries) {
    if (typeof namespace === "string") namespaces.set(prefix, namespace);
  }
  return namespaces;
}

/** A member's name with its namespace in braces, as the hash writes it: `ex:lot` → `{https://ns.example.com/}lot`. */
export function bracedName(name: string, namespaces: Namespaces): string {
  const colon = name.indexOf(":");
  const namespace = colon > 0 ? namespaces.get(name.slice(0, colon)) : undefined;
  return namespace === undefined ? name : `{${namespace}}${name.slice(colon + 1)}`;
}

/** A value whose prefix is declared as a whole URI; other values as they are. */
export function expandCurie(text: string, namespaces: Namespaces): string {
  const colon = text.indexOf(":");
  const namespace = colon > 0 ? namespaces.get(text.slice(0, colon)) : undefined;
  return namespace === undefined ? text : namespace + text.slice(colon + 1);
}

import { ACTIONS, ERROR_REASONS } from "../../../domain/epcis/vocabulary.ts";

/** A piece of JSON Schema, draft 7. */
export type Schema = boolean | { readonly [keyword: string]: unknown };

export const uri: Schema = { type: "string", format: "uri" };
export const time: Schema = { type: "string", format: "date-time" };
export const text: Schema = { type: "string" };
export const number: Schema = { type: "number" };
export const version: Schema = { type: "string", pattern: "^\\d+(\\.\\d+)*$" };
export const action: Schema = { type: "string", enum: ACTIONS };
export const hex: Schema = { type: "string", pattern: "^[A-Fa-f0-9]+$" };
export const unit: Schema = { type: "string", pattern: "^[A-Z0-9]{2,3}$" };
export const timeZoneOffset: Schema = {
  type: "string",
  pattern: "^[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00)$",
};

export const listOf = (items: Schema, more: object = {}): Schema => ({ type: "array", items, ...more });
export const uris = listOf(uri);
export const distinctUris: Schema = { type: "array", uniqueItems: true, items: uri };
export const anyOf = (...schemas: Schema[]): Schema => ({ anyOf: schemas });
export const allOf = (...schemas: Schema[]): Schema => ({ allOf: schemas });

/** A standard word, or a URI outside the namespace that GS1 keeps for the standard words. */
export const wordOrOtherUri = (words: readonly string[]): Schema =>
  anyOf(
    {
      type: "string",
      format: "uri",
      pattern: "^(?!(urn:epcglobal:cbv|https?:\\/\\/ns\\.gs1\\.org/cbv\\/))",
    },
    { type: "string", enum: words },
  );

/** A word of GS1's web vocabulary, or a URI outside of it. */
export const webWordOrOtherUri = (words: readonly string[]): Schema =>
  anyOf(
    { type: "string", format: "uri", pattern: "^(?!https?:\\/\\/(www\\.)?gs1\\.org\\/voc\\/)" },
    { type: "string", enum: words },
  );

type ObjectRules = { required?: readonly string[]; others: "namespaced" | "none" | "any" };

/** An object with these members. Others: `namespaced` (a CURIE or URI as the name), `none`, or `any`. */
export function objectOf(properties: Record<string, Schema>, rules: ObjectRules): Schema {
  const object = { type: "object", properties, required: rules.required ?? [] };
  if (rules.others === "any") return object;
  if (rules.others === "none") return { ...object, additionalProperties: false };
  return { ...object, propertyNames: anyOf({ enum: Object.keys(properties) }, uri) };
}

export const context: Schema = anyOf(
  uri,
  { type: "object" },
  {
    type: "array",
    uniqueItems: true,
    items: anyOf(uri, { type: "object" }),
  },
);

/** A member that is there and not empty; says nothing where it has another form, which its own schema refuses. */
export const nonEmpty = (name: string): Schema => ({
  required: [name],
  properties: { [name]: { type: "array", minItems: 1 } },
  type: "object",
});
export const has = (name: string): Schema => ({ type: "object", required: [name] });
export const isAction = (wanted: string): Schema => ({
  type: "object",
  properties: { action: { const: wanted } },
});

export const errorDeclaration = objectOf(
  { declarationTime: time, reason: wordOrOtherUri(ERROR_REASONS), correctiveEventIDs: uris },
  { required: ["declarationTime"], others: "namespaced" },
);

import { isJsonObject, type JsonObject, type JsonValue } from "./json-value.ts";

/**
 * An event that can leave its document: the namespaces that the document declares go with it. Contexts behind URLs stay
 * behind, as every answer names GS1's.
 */
export function withNamespaces(event: JsonObject, documentContext: JsonValue | undefined): JsonObject {
  const declared = [...objectsIn(documentContext), ...objectsIn(event["@context"])];
  const { "@context": _own, ...rest } = event;
  return declared.length === 0 ? rest : { "@context": declared, ...rest };
}

function objectsIn(context: JsonValue | undefined): JsonObject[] {
  const all = Array.isArray(context) ? (context as readonly JsonValue[]) : [context];
  return all.filter((one): one is JsonObject => isJsonObject(one) && Object.keys(one).length > 0);
}

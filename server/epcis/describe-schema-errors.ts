import type { ErrorObject } from "ajv";
import type { EpcisFault } from "./validate.ts";

/** Of what ajv says about one fault (each tried alternative has its own words) the one sentence that helps a person. */
export function describeSchemaErrors(errors: readonly ErrorObject[]): EpcisFault {
  const name = errors.find((error) => error.keyword === "propertyNames");
  if (name !== undefined) {
    const member = String(name.params["propertyName"]);
    return {
      at: `${name.instancePath}/${member}`,
      reason:
        "is no member of the standard here; a member of one's own needs a namespace (prefix:name or a URI)",
    };
  }
  const words = errors.find((error) => error.keyword === "enum");
  if (words !== undefined) {
    return { at: words.instancePath, reason: "is neither a standard word nor a URI of one's own" };
  }
  const extra = errors.find((error) => error.keyword === "additionalProperties");
  if (extra !== undefined) {
    const member = String(extra.params["additionalProperty"]);
    return {
      at: `${extra.instancePath}/${member}`,
      reason: "is no member of the standard, and none may be added here",
    };
  }
  const [first] = errors;
  const missing = errors.filter((error) => error.keyword === "required").map(missingMember);
  if (missing.length > 1)
    return { at: first?.instancePath ?? "", reason: `one of ${missing.join(", ")} is missing` };
  return { at: first?.instancePath ?? "", reason: first?.message ?? "is not valid" };
}

function missingMember(error: ErrorObject): string {
  return String(error.params["missingProperty"]);
}

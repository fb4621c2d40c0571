import { canonicalId } from "../canonical-link.ts";

/**
 * What a MATCH parameter asks for. `exact`: this EPC or class (canonical form). `item`: all items of this class, and the class
 * itself. `company`: all GTINs of this company prefix.
 */
export type EpcPattern =
  | { kind: "exact"; id: string }
  | { kind: "item"; id: string }
  | { kind: "company"; prefix: string };

const COMPANY = /^urn:epc:idpat:sgtin:(\d{6,12})\.\*\.\*$/;
const CLASS =
  /^https:\/\/id\.gs1\.org\/(01\/\d{14}|8003\/\d{14}|253\/\d{13}|255\/\d{13}|8006\/\d{18}|8010\/[^/]+)$/;
const GTIN = /^https:\/\/id\.gs1\.org\/01\/(\d{14})(?:$|\/)/;

/** The pattern behind a URI: `urn:epc:idpat:…`, an EPC or class URN, a Digital Link, or any other URI, which matches itself. */
export function parseEpcPattern(uri: string): EpcPattern {
  const company = COMPANY.exec(uri)?.[1];
  if (company !== undefined) return { kind: "company", prefix: company };
  const id = canonicalId(uri);
  return CLASS.test(id) ? { kind: "item", id } : { kind: "exact", id };
}

/** Whether a canonical EPC or class is what the pattern asks for. */
export function matchesPattern(id: string, pattern: EpcPattern): boolean {
  switch (pattern.kind) {
    case "exact":
      return id === pattern.id;
    case "item":
      // GRAI, GDTI and SGCN have their serial in the same segment.
      return id === pattern.id || id.startsWith(isKeyWithSerial(pattern.id) ? pattern.id : `${pattern.id}/`);
    case "company":
      return GTIN.exec(id)?.[1]?.startsWith(pattern.prefix, 1) === true;
    default: {
      const never: never = pattern;
      return never;
    }
  }
}

function isKeyWithSerial(id: string): boolean {
  return /^https:\/\/id\.gs1\.org\/(8003|253|255)\//.test(id);
}

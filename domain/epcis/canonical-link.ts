import { linkOfUrn } from "./gs1-urn.ts";

/** Words that may stand for the numbers of keys and qualifiers. */
const NUMBERS: Readonly<Record<string, string>> = {
  gtin: "01",
  itip: "8006",
  cpid: "8010",
  gln: "414",
  party: "417",
  gsrnp: "8017",
  gsrn: "8018",
  gcn: "255",
  sscc: "00",
  gdti: "253",
  ginc: "401",
  gsin: "402",
  grai: "8003",
  giai: "8004",
  cpv: "22",
  lot: "10",
  ser: "21",
};

/** Each key with the form of its value, and its qualifiers from the finest on: of several only the finest names the thing. */
const KEYS: Readonly<Record<string, { value: RegExp; qualifiers: readonly string[] }>> = {
  "00": { value: /^\d{18}$/, qualifiers: [] },
  "01": { value: /^\d{14}$/, qualifiers: ["21", "235", "10"] },
  "253": { value: /^\d{13}\S{0,50}$/, qualifiers: [] },
  "255": { value: /^\d{13}\d{0,12}$/, qualifiers: [] },
  "401": { value: /^\d{4}\S{0,90}$/, qualifiers: [] },
  "402": { value: /^\d{17}$/, qualifiers: [] },
  "414": { value: /^\d{13}$/, qualifiers: ["254"] },
  "417": { value: /^\d{13}$/, qualifiers: [] },
  "8003": { value: /^\d{14}\S{0,50}$/, qualifiers: [] },
  "8004": { value: /^\d{4}\S{0,90}$/, qualifiers: [] },
  "8006": { value: /^\d{18}$/, qualifiers: ["21", "10"] },
  "8010": { value: /^\d{4}\S{0,90}$/, qualifiers: ["8011"] },
  "8017": { value: /^\d{18}$/, qualifiers: [] },
  "8018": { value: /^\d{18}$/, qualifiers: [] },
};
const LINK = /^https?:\/\/[^/?#]+(\/[^?#]*)/;

/**
 * The canonical Digital Link of whatever names a GS1 key: an EPC URN, a class URN, a pattern of one class, or a Digital Link on
 * any host, with words for numbers, further attributes or a query. Null for any other text.
 */
export function canonicalLink(uri: string): string | null {
  if (uri.startsWith("urn:")) return linkOfUrn(uri);
  const path = LINK.exec(uri)?.[1];
  if (path === undefined) return null;
  const segments = path.split("/").slice(1).map(numbered);
  for (let at = 0; at + 1 < segments.length; at += 1) {
    const ai = segments[at] ?? "";
    const key = KEYS[ai];
    if (key === undefined) continue;
    const value = ai === "01" ? (segments[at + 1] ?? "").padStart(14, "0") : (segments[at + 1] ?? "");
    if (!key.value.test(value)) continue;
    return `https://id.gs1.org/${ai}/${value}${finestQualifier(segments.slice(at + 2), key.qualifiers)}`;
  }
  return null;
}

/** The canonical form where there is one, else the text itself: what the repository compares by. */
export function canonicalId(uri: string): string {
  return canonicalLink(uri) ?? uri;
}

function numbered(segment: string): string {
  return NUMBERS[segment] ?? segment;
}

function finestQualifier(segments: readonly string[], qualifiers: readonly string[]): string {
  for (const qualifier of qualifiers) {
    for (let at = 0; at + 1 < segments.length; at += 2) {
      if (segments[at] === qualifier && segments[at + 1] !== "") return `/${qualifier}/${segments[at + 1]}`;
    }
  }
  return "";
}

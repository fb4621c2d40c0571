import { ok, refuse, type Result } from "../result.ts";
import { type Gs1Key, isGs1KeyAi } from "./gs1-key.ts";

const KEY = /^\((01|00|414|8003|8004)\)/;
/** As a scanner sends it: a symbology identifier, then identifiers and values without parentheses. */
const SYMBOLOGY = /^\][A-Za-z]\d/;
const PLAIN = /^(?:(01)(\d{14})|(00)(\d{18})|(414)(\d{13})|(8003)(0\d{13}.*)|(8004)(.+))/;
const GROUP_SEPARATOR = "\u001D";
const ATTRIBUTE = /^\((?!21\)|254\))\d{2,4}\)[^()]*/;
const TRAILING_DATE = /\((?:11|12|13|15|16|17|7006|7007)\)\d{6}$/;

/** Whether a text can only be meant as an element string. Without parentheses it is taken for one when it begins like one. */
export function isElementString(text: string): boolean {
  return KEY.test(text) || SYMBOLOGY.test(text) || PLAIN.test(text);
}

/**
 * The key and serial of an element string: `(01)…(21)…`, `(00)…`, `(414)…(254)…`, `(8003)…`, `(8004)…`, or the same without
 * parentheses as scanners send it (then a serial ends at FNC1, the character 1D hex). Between key and serial other elements may
 * stand, and dates after the serial; they are no part of the identity. Refuses `epc_element_string`.
 */
export function parseElementString(text: string): Result<Gs1Key> {
  const key = KEY.test(text) ? parseBracketed(text) : parsePlain(text.replace(SYMBOLOGY, ""));
  if (key !== null) return ok(key);
  return refuse(
    "epc_element_string",
    `"${text.slice(0, 80)}" is not an element string of a key with its serial, such as (01)…(21)… or (00)…`,
  );
}

function parseBracketed(text: string): Gs1Key | null {
  const [head = "", ai = ""] = KEY.exec(text) ?? [];
  if (!isGs1KeyAi(ai)) return null;
  const rest = text.slice(head.length);
  // These hold any characters, parentheses too: all that follows is their value.
  if (ai === "8003" || ai === "8004") return rest === "" ? null : { ai, value: rest, serial: null };
  const value = /^\d+/.exec(rest)?.[0] ?? "";
  let more = rest.slice(value.length);
  for (let attribute = ATTRIBUTE.exec(more); attribute !== null; attribute = ATTRIBUTE.exec(more)) {
    more = more.slice(attribute[0].length);
  }
  if (more === "") return { ai, value, serial: null };
  const serialAi = ai === "01" ? "(21)" : ai === "414" ? "(254)" : null;
  if (serialAi === null || !more.startsWith(serialAi)) return null;
  return { ai, value, serial: withoutDates(more.slice(serialAi.length)) };
}

function withoutDates(serial: string): string {
  let text = serial;
  while (TRAILING_DATE.test(text)) text = text.replace(TRAILING_DATE, "");
  return text;
}

function parsePlain(text: string): Gs1Key | null {
  const [first = ""] = text.split(GROUP_SEPARATOR);
  const match = PLAIN.exec(first);
  if (match === null) return null;
  const [head, ...groups] = match;
  const at = groups.findIndex((group) => group !== undefined);
  const ai = groups[at] ?? "";
  const value = groups[at + 1] ?? "";
  if (!isGs1KeyAi(ai)) return null;
  const rest = first.slice(head.length);
  if (rest === "") return { ai, value, serial: null };
  const serialAi = ai === "01" ? "21" : ai === "414" ? "254" : null;
  return serialAi !== null && rest.startsWith(serialAi)
    ? { ai, value, serial: rest.slice(serialAi.length) }
    : null;
}

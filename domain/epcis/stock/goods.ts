import { epcOfGtin, encodeEpcUri } from "../../epc/encode-epc.ts";
import { gtinOfEpc, identityOfEpc } from "../../epc/identity.ts";
import { gtinFromNumber, parseGtin } from "../../gtin.ts";
import { canonicalId } from "../canonical-link.ts";
import { CLASS_MEMBERS, EPC_MEMBERS, epcsIn } from "../event-summary.ts";
import { type JsonObject, objectsOf, textOf } from "../json-value.ts";

/** Units of one product: those with an EPC (hex of its identity) and how many there are besides. */
export type Goods = { gtin: string; epcs: string[]; others: number };

/** Why something in an event is no goods of ours: code and words. */
export type Left = { code: string; detail: string };

const ITEM = /^https:\/\/id\.gs1\.org\/01\/(\d{14})\/21\/([^/]+)$/;
/** Of one product in one event: more is a slip of the pen. */
const MAX_UNITS = 100_000;
const CLASS = /^https:\/\/id\.gs1\.org\/01\/(\d{14})(?:$|\/)/;

/** The length of the company prefix inside a GTIN, null where it is not known: a Digital Link does not tell it. */
export type PrefixDigitsOf = (gtin: string) => number | null;

/** What an object event is about: its trade items by EPC, and its quantities by GTIN. Other keys are no goods. */
export function goodsOf(event: JsonObject, prefixDigitsOf: PrefixDigitsOf): { goods: Goods[]; left: Left[] } {
  const byGtin = new Map<string, Goods>();
  const left: Left[] = [];
  const of = (gtin: string): Goods => {
    const known = byGtin.get(gtin) ?? { gtin, epcs: [], others: 0 };
    byGtin.set(gtin, known);
    return known;
  };
  for (const uri of epcsIn(event, EPC_MEMBERS.epc)) {
    const item = itemOf(uri, prefixDigitsOf);
    if (item === null) left.push({ code: "no_trade_item", detail: `${uri} is no trade item with a serial` });
    else if (item.epc === null) of(item.gtin).others += 1;
    else if (!of(item.gtin).epcs.includes(item.epc)) of(item.gtin).epcs.push(item.epc);
  }
  for (const element of CLASS_MEMBERS.epcClass.flatMap((member) => objectsOf(event[member]))) {
    const gtin = CLASS.exec(canonicalId(textOf(element["epcClass"]) ?? ""))?.[1];
    const { quantity, uom } = element;
    const isWhole = typeof quantity === "number" && Number.isInteger(quantity);
    const isCounted = isWhole && quantity > 0 && quantity <= MAX_UNITS;
    if (gtin !== undefined && parseGtin(gtin).ok && isCounted && (uom === undefined || uom === "EA")) {
      of(gtin).others += quantity;
    } else {
      left.push({
        code: "no_whole_units",
        detail: `${JSON.stringify(element)} is no number of units of a GTIN`,
      });
    }
  }
  return { goods: [...byGtin.values()], left };
}

function itemOf(uri: string, prefixDigitsOf: PrefixDigitsOf): { gtin: string; epc: string | null } | null {
  const encoded = encodeEpcUri(uri);
  if (encoded.ok) {
    const gtin = gtinOfEpc(encoded.value);
    return gtin === 0 ? null : { gtin: gtinFromNumber(gtin), epc: identityOfEpc(encoded.value) };
  }
  const [, gtin = "", serialText = ""] = ITEM.exec(canonicalId(uri)) ?? [];
  if (!parseGtin(gtin).ok) return null;
  const prefixDigits = prefixDigitsOf(gtin);
  const serial = decoded(serialText);
  if (prefixDigits === null || serial === null) return { gtin, epc: null };
  const epc = epcOfGtin({ gtin, prefixDigits, serial, filter: 0 });
  return { gtin, epc: epc.ok ? identityOfEpc(epc.value) : null };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

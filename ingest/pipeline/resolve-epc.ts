import { parseEpcText } from "../../domain/epc/encode-epc.ts";
import { gtinOfEpc, identityOfEpc } from "../../domain/epc/identity.ts";
import type { ResolvedEpc } from "../../domain/tracking/stock-book.ts";

/** What an EPC in an event names, written as hex or as a URI; null when it is none. A foreign tag is of the product it is mapped to. */
export function resolveEpc(deps: { productOfTag(epcHex: string): number }, text: string): ResolvedEpc | null {
  const parsed = parseEpcText(text);
  if (!parsed.ok) return null;
  const gtin = gtinOfEpc(parsed.value);
  return {
    identity: identityOfEpc(parsed.value),
    gtin: gtin === 0 ? deps.productOfTag(parsed.value) : gtin,
  };
}

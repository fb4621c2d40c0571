import { parseEpcText } from "../../domain/epc/encode-epc.ts";
import { gtinOfEpc, identityOfEpc } from "../../domain/epc/identity.ts";
import type { ResolvedEpc } from "../../domain/tracking/stock-book.ts";

/** What an EPC in an event names, written as hex or as a URI; null when it is none. */
export function resolveEpc(text: string): ResolvedEpc | null {
  const parsed = parseEpcText(text);
  return parsed.ok ? { identity: identityOfEpc(parsed.value), gtin: gtinOfEpc(parsed.value) } : null;
}

import type { UnknownTags } from "../../domain/api/lists.ts";
import { decodeEpc } from "../../domain/epc/decode-epc.ts";
import { schemeOfHeader } from "../../domain/epc/headers.ts";
import { parseEpcHex } from "../../domain/epc/hex.ts";

type Explained = Pick<UnknownTags, "scheme" | "example" | "suggestion">;

/** What the example of tags alike says, and what a person can do about them. */
export function explainTags(exampleEpc: string, hasGtin: boolean): Explained {
  const hex = parseEpcHex(exampleEpc);
  const decoded = hex.ok ? decodeEpc(hex.value) : null;
  const scheme = schemeOfHeader(exampleEpc);
  if (decoded?.ok) {
    const uri = decoded.pureIdentityUri ?? decoded.digitalLink;
    return {
      scheme,
      example: { epc: exampleEpc, uri, detail: decoded.elementString },
      suggestion: hasGtin ? "import_product" : "ignore",
    };
  }
  const code = decoded?.code ?? "";
  const isNeverEncoded = code === "epc_unprogrammed" || code === "epc_tid_header";
  return {
    scheme,
    example: {
      epc: exampleEpc,
      uri: decoded?.rawUri ?? "",
      detail: decoded?.detail ?? (hex.ok ? "" : hex.detail),
    },
    // A scheme that names no trade item (pallets, places, assets) is nothing to map, whether decoded or not.
    suggestion: isNeverEncoded ? "encode_tags" : code === "epc_scheme_not_decoded" ? "ignore" : "map_tags",
  };
}

import { decodeEpc } from "../../domain/epc/decode-epc.ts";
import { parseEpcHex } from "../../domain/epc/hex.ts";
import type { NamedItem } from "../../domain/orders/parts-of.ts";
import { identitiesOf } from "../items/tag-forms.ts";
import type { TagMapping } from "../../domain/tag-mapping.ts";
import { HttpProblem } from "../problems.ts";

/**
 * What items are that a command names: hex or URIs as devices read them. A foreign tag is the product that it is mapped to. Throws
 * `invalid_epc` for what names no one tag, and `epc_not_of_order` for a tag of no product.
 */
export function createOrderItems(deps: { mappingOf(identity: string): Promise<TagMapping | null> }) {
  return async (texts: readonly string[]): Promise<NamedItem[]> => {
    const items: NamedItem[] = [];
    for (const text of texts) {
      const identities = identitiesOf(text);
      const [epc] = identities.ok ? identities.value : [];
      if (!identities.ok || epc === undefined || identities.value.length > 1) {
        throw new HttpProblem("invalid_epc", `${text} names no one tag.`);
      }
      const hex = parseEpcHex(epc);
      const decoded = hex.ok ? decodeEpc(hex.value) : null;
      const gtin = (decoded?.ok === true ? decoded.gtin14 : null) ?? (await deps.mappingOf(epc))?.gtin;
      if (gtin === undefined) {
        throw new HttpProblem("epc_not_of_order", `The tag ${epc} is of no product that is known.`, { epc });
      }
      items.push({ epc, gtin });
    }
    return items;
  };
}

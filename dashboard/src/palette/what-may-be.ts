const ORDER = /^(?=.*\d)[A-Za-z0-9._-]{2,64}$/;
const TAG = /^(urn:epc:\S+|[0-9A-Fa-f]{16,})$/;

/** What typed words may be the whole name of: an order, a tag. Null where they cannot. */
export function whatMayBe(text: string): { orderId: string | null; epc: string | null } {
  const words = text.trim();
  return { orderId: ORDER.test(words) ? words : null, epc: TAG.test(words) ? words : null };
}

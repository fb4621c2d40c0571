/** All that is digits and as long as a GTIN is taken for one: no tag has so few. */
const GTIN = /^(\d{8}|\d{12,14})$/;

/** Where what somebody typed leads: a GTIN to the items of its product, anything else to the item of that tag. */
export function itemSearchPath(text: string): string {
  const words = text.trim();
  if (words === "") return "/items";
  return GTIN.test(words) ? `/items?gtin=${words}` : `/items/${encodeURIComponent(words)}`;
}

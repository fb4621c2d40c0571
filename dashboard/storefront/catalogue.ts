import type { OnhandClient } from "../../client/index.ts";

/** What a shop knows of itself; Onhand is asked only for what is there and what can be held. */
export type Catalogue = {
  products: { gtin: string; name: string; price: string }[];
  stores: { locationId: string; name: string }[];
};

const MOST_PRODUCTS = 12;
const MOST_STORES = 4;

/**
 * Products and stores of the address's fragment (`#key=…&product=GTIN:Name&store=ID:Name`, never sent to a server), as a shop has
 * them of its own. Without them those of Onhand, which a signed-in person may list.
 */
export async function readCatalogue(client: OnhandClient, fragment: URLSearchParams): Promise<Catalogue> {
  const named = (name: string) =>
    fragment.getAll(name).map((text) => {
      const at = text.indexOf(":");
      return at < 0 ? { id: text, name: text } : { id: text.slice(0, at), name: text.slice(at + 1) };
    });
  const own = named("product").map(({ id, name }) => ({ gtin: id, name, price: "" }));
  const stores = named("store").map(({ id, name }) => ({ locationId: id, name }));
  return {
    products: (own.length > 0 ? own : await listProducts(client)).slice(0, MOST_PRODUCTS),
    stores: (stores.length > 0 ? stores : await listStores(client)).slice(0, MOST_STORES),
  };
}

async function listProducts(client: OnhandClient): Promise<Catalogue["products"]> {
  const { items } = await client.products.list({ limit: MOST_PRODUCTS });
  return items.map(({ gtin, name, price, currency }) => ({
    gtin,
    name,
    price:
      price === null
        ? ""
        : new Intl.NumberFormat("en", { style: "currency", currency }).format(Number(price)),
  }));
}

async function listStores(client: OnhandClient): Promise<Catalogue["stores"]> {
  const { items } = await client.locations.list({ limit: MOST_STORES });
  return items.map(({ locationId, name }) => ({ locationId, name }));
}

import { z } from "zod";
import { productsPageSchema } from "../../domain/api/master-data-answers.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { parseGtin } from "../../domain/gtin.ts";
import { type Product, productSchema } from "../../domain/product.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { patchSchema } from "../http/patch-schema.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { NoteChange } from "./change.ts";
import type { ProductStore } from "./product-store.ts";

const TAG = "Products";
const paramsSchema = z.object({ gtin: z.string().max(20) });
const bodySchema = productSchema.partial({ gtin: true });

export function createProductRoutes(deps: { products: ProductStore; noteChange: NoteChange }): Route[] {
  const find = async (text: string): Promise<Product> => {
    const gtin = gtinOf(text);
    const [product] = await deps.products.findMany([Number(gtin)]);
    if (product !== undefined) return product;
    throw new HttpProblem("product_not_found", `There is no product ${gtin}.`);
  };

  const save = async (caller: Caller, product: Product) => {
    await deps.products.save(product);
    await deps.noteChange(caller, {
      area: "products",
      action: "product.save",
      subject: product.gtin,
      detail: product,
    });
    return { body: product };
  };

  return [
    defineRoute({
      method: "GET",
      path: "/v1/products",
      tag: TAG,
      summary: "List products",
      roles: ["storefront", "store", "merchandiser", "analyst", "admin"],
      query: pageQuerySchema,
      answer: { schema: productsPageSchema, description: "A page, ordered by GTIN" },
      problems: ["invalid_cursor"],
      async handle({ query, caller }) {
        const [after = 0] = decodeCursor(query.cursor, ["number"]) ?? [];
        const rows = await deps.products.list({
          after: Number(after),
          query: query.query ?? "",
          limit: query.limit,
        });
        const page = toPage(rows, query.limit, (row) => [Number(row.gtin)]);
        return { body: { ...page, items: page.items.map((row) => withoutCost(row, caller)) } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/products/:gtin",
      tag: TAG,
      summary: "One product",
      roles: ["storefront", "store", "merchandiser", "analyst", "admin"],
      params: paramsSchema,
      answer: {
        schema: productSchema,
        description: "The product; its cost is null for a storefront or a store",
      },
      problems: ["product_not_found", "invalid_gtin"],
      handle: async ({ params, caller }) => ({ body: withoutCost(await find(params.gtin), caller) }),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/products/:gtin",
      tag: TAG,
      summary: "Create or replace a product",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      body: bodySchema,
      answer: { schema: productSchema, description: "The product as stored" },
      problems: ["invalid_gtin"],
      handle: ({ params, body, caller }) => save(caller, { ...body, gtin: gtinOf(params.gtin) }),
    }),
    defineRoute({
      method: "PATCH",
      path: "/v1/products/:gtin",
      tag: TAG,
      summary: "Change some of a product's fields",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      body: patchSchema(bodySchema),
      answer: { schema: productSchema, description: "The product as stored" },
      problems: ["product_not_found", "invalid_gtin"],
      handle: async ({ params, body, caller }) => {
        const known = await find(params.gtin);
        return await save(caller, productSchema.parse({ ...known, ...body, gtin: known.gtin }));
      },
    }),
  ];
}

function gtinOf(text: string): string {
  const parsed = parseGtin(text);
  if (parsed.ok) return parsed.value;
  throw new HttpProblem("invalid_gtin", `${parsed.detail}.`, { gtins: [text] });
}

/** What goods cost is nobody's business outside. */
function withoutCost(product: Product, caller: Caller): Product {
  return caller.role === "storefront" || caller.role === "store" ? { ...product, cost: null } : product;
}

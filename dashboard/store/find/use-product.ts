import { useQuery } from "@tanstack/react-query";
import type { Product } from "../../../domain/product.ts";
import { useStore } from "../app/store-context.tsx";

/** A product with its price: the server's, else as it was last read on this device. */
export function useProduct(gtin: string): Product | null {
  const { client, database } = useStore();
  const product = useQuery({
    queryKey: ["product", gtin],
    staleTime: 10 * 60_000,
    networkMode: "always",
    queryFn: async ({ signal }) => {
      try {
        const fresh = await client.products.get(gtin, signal);
        await database.putProduct(fresh);
        return fresh;
      } catch {
        return await database.product(gtin);
      }
    },
  });
  return product.data ?? null;
}

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Location } from "../../../domain/location.ts";
import type { Product } from "../../../domain/product.ts";
import { loadAllPages } from "./load-all-pages.ts";
import { useLive } from "./live-context.tsx";
import { createProductWords, type ProductWords } from "./product-words.ts";

const MINUTE_MS = 60_000;
const NO_PRODUCTS: readonly Product[] = [];
const NO_LOCATIONS: readonly Location[] = [];

function useProducts(): readonly Product[] {
  const { client } = useLive();
  const { data = NO_PRODUCTS } = useQuery({
    queryKey: ["products"],
    queryFn: ({ signal }) => loadAllPages((page) => client.products.list({ ...page, signal })),
    staleTime: 5 * MINUTE_MS,
    refetchInterval: 5 * MINUTE_MS,
  });
  return data;
}

/** The products' words; empty until they are there, so that numbers need not wait for names. */
export function useProductWords(): ProductWords {
  const products = useProducts();
  return useMemo(() => createProductWords(products), [products]);
}

/** The categories that products have, sorted. */
export function useCategories(): readonly string[] {
  const products = useProducts();
  return useMemo(
    () => [...new Set(products.map(({ category }) => category).filter((each) => each !== ""))].toSorted(),
    [products],
  );
}

export function useLocations(): readonly Location[] {
  const { client } = useLive();
  const { data = NO_LOCATIONS } = useQuery({
    queryKey: ["locations"],
    queryFn: ({ signal }) => loadAllPages((page) => client.locations.list({ ...page, signal })),
    staleTime: MINUTE_MS,
    refetchInterval: MINUTE_MS,
  });
  return data;
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useLive } from "../live/live-context.tsx";
import { whatMayBe } from "./what-may-be.ts";

const MOST_PRODUCTS = 6;

/** What the server knows by typed words: products by name, GTIN or SKU, an order by its number, the reports. */
export function useFound(text: string) {
  const { client } = useLive();
  const words = useDeferredValue(text.trim());
  const { orderId, epc } = whatMayBe(words);
  const products = useQuery({
    queryKey: ["palette", "products", words],
    queryFn: ({ signal }) => client.products.list({ query: words, limit: MOST_PRODUCTS, signal }),
    enabled: words.length >= 2,
    placeholderData: keepPreviousData,
  });
  const order = useQuery({
    queryKey: ["palette", "order", orderId],
    queryFn: async ({ signal }) => (orderId === null ? null : await client.orders.get(orderId, signal)),
    enabled: orderId !== null,
    retry: false,
  });
  const reports = useQuery({
    queryKey: ["palette", "reports"],
    queryFn: ({ signal }) => client.reports.list(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    products: words.length < 2 ? [] : (products.data?.items ?? []),
    orderId: orderId !== null && order.data?.orderId === orderId ? orderId : null,
    epc,
    reports: reports.data?.items ?? [],
  };
}

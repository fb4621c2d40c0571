import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OnhandClient } from "../../../client/onhand-client.ts";
import { useLive } from "../live/live-context.tsx";
import { showToast } from "../ui/toasts.tsx";

/** One person, by any id that leads to it. */
export function useCustomer(customerId: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["customer", customerId],
    queryFn: ({ signal }) => client.customers.get(customerId, signal),
  });
}

/** What a person bought in all channels, and what came back. It reads much: once, and when somebody asks again. */
export function usePurchases(customerId: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["customer", customerId, "purchases"],
    queryFn: ({ signal }) => client.customers.purchases(customerId, signal),
  });
}

/** What is expected of a person in the next 12 months; of all persons the largest first without an id. */
export function usePredicted(personId?: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["predicted-value", personId ?? ""],
    queryFn: ({ signal }) => client.customers.predicted(personId, signal),
  });
}

/** One change of who is whom; the person is read again after it. */
export function useCustomerChange<Wish>(change: {
  run: (client: OnhandClient, wish: Wish) => Promise<unknown>;
  said: string;
  failed: string;
  onDone?: () => void;
}) {
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => change.run(client, wish),
    onSuccess: async () => {
      showToast("good", change.said);
      change.onDone?.();
      await queries.invalidateQueries({ queryKey: ["customer"] });
    },
    onError: (error) => showToast("bad", change.failed, error.message),
  });
}

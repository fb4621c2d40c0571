import type { Decided, NewIds } from "../../domain/customers/customer-decisions.ts";
import type { Identifier } from "../../domain/customers/identifier.ts";
import type { Result } from "../../domain/result.ts";
import { HttpProblem, type ProblemCode } from "../problems.ts";
import type { CustomerRow, RowDraft } from "./customer-rows.ts";
import type { CustomerStore, KnownCustomers } from "./customer-store.ts";
import { newCustomerIds } from "./new-customer-ids.ts";
import type { Turns } from "./turns.ts";

const REFUSALS: Record<string, ProblemCode> = {
  customer_not_found: "customer_not_found",
  customer_erased: "customer_erased",
  customer_kept_apart: "customer_kept_apart",
  merge_not_found: "merge_not_found",
};

/** Tells others of rows that are durable. Never rejects. */
export type TellChange = (
  known: Pick<KnownCustomers, "graph">,
  rows: readonly CustomerRow[],
) => Promise<void>;

export type CustomerDesk = ReturnType<typeof createCustomerDesk>;

/** Decides what callers ask of customers, and answers when it is on the disk. */
export function createCustomerDesk(deps: {
  store: CustomerStore;
  turns: Turns;
  tell: TellChange;
  nowMs(): number;
}) {
  const { store, turns } = deps;

  /** The customer as it is after the change; `isNew`: it was made by it. `events` empty: nothing was to be done. */
  async function change(
    wish: { customerIds: readonly string[]; identifiers?: readonly Identifier[]; actor: string },
    decide: (
      known: KnownCustomers,
      at: string,
      newIds: NewIds,
    ) => Result<Decided & { drafts?: readonly RowDraft[] }>,
  ): Promise<Decided & { known: KnownCustomers; isNew: boolean }> {
    return await turns.take(async () => {
      const known = await store.load(wish.customerIds, wish.identifiers);
      const decided = decide(known, new Date(deps.nowMs()).toISOString(), newCustomerIds);
      if (!decided.ok) throw new HttpProblem(REFUSALS[decided.code] ?? "internal_error", decided.detail);
      const { customerId, events, drafts } = decided.value;
      const after = await store.append(known, { events, drafts: drafts ?? [], actor: wish.actor });
      await deps.tell(after, after.added);
      const isNew = events.some((event) => event.kind === "created");
      return { customerId, events, isNew, known: after };
    });
  }

  return { change };
}

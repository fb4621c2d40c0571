import type { Identifier } from "./identifier.ts";

/** Why two customers are one person: somebody said so, or one request named identifiers of both. */
export type MergeCause = "said" | "identified_together";

/**
 * What happens to customers. A record is one `customerId`; a person is all records that merges join. Times are RFC 3339.
 * A merge names two records and never moves anything between them, so taking it back leaves each with what it had.
 */
export type CustomerEvent =
  | { kind: "created"; customerId: string; at: string }
  | { kind: "identified"; customerId: string; identifier: Identifier; at: string }
  | {
      kind: "merged";
      mergeId: string;
      customerId: string;
      otherId: string;
      cause: MergeCause;
      note: string;
      at: string;
    }
  | { kind: "unmerged"; mergeId: string; at: string }
  | {
      kind: "consented";
      customerId: string;
      purpose: string;
      isGranted: boolean;
      source: string;
      at: string;
    }
  | { kind: "erased"; customerId: string; at: string };

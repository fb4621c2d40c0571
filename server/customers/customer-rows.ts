import { z } from "zod";
import type { CustomerEvent } from "../../domain/customers/customer-event.ts";
import { IDENTIFIER_KINDS } from "../../domain/customers/identifier.ts";
import { instantSchema } from "../../domain/identifiers.ts";

/** A row of customer_events. `contacted` and `moved` tell nothing of who is whom, and so are no events of the domain. */
export const customerRowSchema = z.object({
  customer_id: z.string(),
  ordinal: z.number(),
  kind: z.enum(["created", "identified", "merged", "unmerged", "moved", "consented", "contacted", "erased"]),
  person_id: z.string(),
  identifier_kind: z.string(),
  identifier_source: z.string(),
  identifier: z.string(),
  merge_id: z.string(),
  other_id: z.string(),
  detail: z.string(),
  at: instantSchema,
  actor: z.string(),
});
export type CustomerRow = z.infer<typeof customerRowSchema>;

export const CUSTOMER_COLUMNS = customerRowSchema.keyof().options;

const mergeDetailSchema = z.object({ cause: z.enum(["said", "identified_together"]), note: z.string() });
const consentDetailSchema = z.object({ purpose: z.string(), isGranted: z.boolean(), source: z.string() });

/** Null for rows that are no event of the domain. */
export function toCustomerEvent(row: CustomerRow): CustomerEvent | null {
  const { customer_id: customerId, merge_id: mergeId, at } = row;
  switch (row.kind) {
    case "created":
    case "erased":
      return { kind: row.kind, customerId, at };
    case "identified":
      return {
        kind: "identified",
        customerId,
        identifier: {
          kind: z.enum(IDENTIFIER_KINDS).parse(row.identifier_kind),
          source: row.identifier_source,
          value: row.identifier,
        },
        at,
      };
    case "merged":
      return {
        kind: "merged",
        mergeId,
        customerId,
        otherId: row.other_id,
        ...mergeDetailSchema.parse(JSON.parse(row.detail)),
        at,
      };
    case "unmerged":
      return { kind: "unmerged", mergeId, at };
    case "consented":
      return { kind: "consented", customerId, ...consentDetailSchema.parse(JSON.parse(row.detail)), at };
    case "moved":
    case "contacted":
      return null;
    default:
      return row.kind satisfies never;
  }
}

/** The parts of a row that are not the same for all kinds. */
type RowParts = Partial<
  Pick<
    CustomerRow,
    "identifier_kind" | "identifier_source" | "identifier" | "merge_id" | "other_id" | "detail"
  >
>;

/** A row that waits for its ordinal, its person and who wrote it. */
export type RowDraft = { customerId: string; kind: CustomerRow["kind"]; at: string; parts: RowParts };

/** The rows of an event: a merge, and its end, stand at both records, so that each can be read alone. */
export function toDrafts(event: CustomerEvent, endsOf: (mergeId: string) => string[]): RowDraft[] {
  const { at, kind } = event;
  switch (kind) {
    case "created":
    case "erased":
      return [{ customerId: event.customerId, kind, at, parts: {} }];
    case "identified": {
      const { kind: identifier_kind, source: identifier_source, value: identifier } = event.identifier;
      const parts = { identifier_kind, identifier_source, identifier };
      return [{ customerId: event.customerId, kind, at, parts }];
    }
    case "merged": {
      const { mergeId: merge_id, customerId, otherId, cause, note } = event;
      const detail = JSON.stringify({ cause, note });
      return [
        { customerId, kind, at, parts: { merge_id, other_id: otherId, detail } },
        { customerId: otherId, kind, at, parts: { merge_id, other_id: customerId, detail } },
      ];
    }
    case "unmerged":
      return endsOf(event.mergeId).map((customerId) => ({
        customerId,
        kind,
        at,
        parts: { merge_id: event.mergeId },
      }));
    case "consented": {
      const { customerId, purpose, isGranted, source } = event;
      return [{ customerId, kind, at, parts: { detail: JSON.stringify({ purpose, isGranted, source }) } }];
    }
    default:
      return event satisfies never;
  }
}

/** A row as it is written. */
export function toRow(
  { customerId, kind, at, parts }: RowDraft,
  stamp: { ordinal: number; personId: string; actor: string },
): CustomerRow {
  return {
    customer_id: customerId,
    ordinal: stamp.ordinal,
    kind,
    person_id: stamp.personId,
    identifier_kind: "",
    identifier_source: "",
    identifier: "",
    merge_id: "",
    other_id: "",
    detail: "",
    ...parts,
    at,
    actor: stamp.actor,
  };
}

import { z } from "zod";
import {
  customerExportSchema,
  customerSchema,
  erasureSchema,
  mergeWishSchema,
} from "../../domain/customers/customer.ts";
import { decideMerge, decideUnmerge } from "../../domain/customers/customer-decisions.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import type { SecretBox } from "../webhooks/secret-box.ts";
import { toCustomerAnswer } from "./customer-answer.ts";
import type { CustomerDesk } from "./customer-desk.ts";
import { CUSTOMER_TAG, customerParamsSchema } from "./customer-routes.ts";
import type { Eraser } from "./eraser.ts";
import { CUSTOMER_EXAMPLE, ERASURE_EXAMPLE, MERGE_EXAMPLE } from "./examples.ts";
import type { ExportCustomer } from "./export-customer.ts";

/** What people decide about persons: who is whom, what is handed out about them, and that they are forgotten. */
export function createPersonRoutes(deps: {
  desk: CustomerDesk;
  eraser: Eraser;
  exportCustomer: ExportCustomer;
  box: SecretBox;
  audit: AuditLog;
}): Route[] {
  const { desk, eraser, audit, box } = deps;
  const shared = { tag: CUSTOMER_TAG, roles: ["admin"], params: customerParamsSchema } as const;
  const busy = ["customers_busy", "not_the_writer", "not_ready"] as const;

  async function note(caller: Caller, action: string, subject: string, detail: unknown): Promise<void> {
    await audit.record({ actor: caller.keyId, action: `customer.${action}`, subject, detail });
  }

  return [
    defineRoute({
      ...shared,
      method: "POST",
      path: "/v1/customers/:customerId/merges",
      summary: "Say that two customers are one person",
      description: "Both ids go on leading to the person. Merged already, nothing is changed.",
      body: mergeWishSchema,
      examples: { body: MERGE_EXAMPLE, answer: CUSTOMER_EXAMPLE },
      answer: { schema: customerSchema, description: "The person of both" },
      problems: ["customer_not_found", "customer_erased", ...busy],
      async handle({ params: { customerId }, body, caller }) {
        const { otherId } = body;
        const done = await desk.change(
          { customerIds: [customerId, otherId], actor: caller.keyId },
          ({ graph }, at, ids) => decideMerge(graph, { customerId, ...body, at }, ids),
        );
        if (done.events.length > 0) await note(caller, "merge", customerId, { otherId });
        return { body: toCustomerAnswer(done.known, customerId, { caller, box }) };
      },
    }),
    defineRoute({
      ...shared,
      method: "DELETE",
      path: "/v1/customers/:customerId/merges/:mergeId",
      summary: "Take a merge back",
      description:
        "Everything is as if it had never been, whatever was merged or added later. Identifiers named together do not merge the " +
        "two again; only somebody who says so does.",
      params: customerParamsSchema.extend({ mergeId: z.string().max(64) }),
      answer: { schema: customerSchema, description: "The person that the id of the address leads to now" },
      problems: ["customer_not_found", "customer_erased", "merge_not_found", ...busy],
      async handle({ params: { customerId, mergeId }, caller }) {
        const done = await desk.change({ customerIds: [customerId], actor: caller.keyId }, ({ graph }, at) =>
          decideUnmerge(graph, { customerId, mergeId, at }),
        );
        if (done.events.length > 0) await note(caller, "unmerge", customerId, { mergeId });
        return { body: toCustomerAnswer(done.known, customerId, { caller, box }) };
      },
    }),
    defineRoute({
      ...shared,
      method: "GET",
      path: "/v1/customers/:customerId/export",
      summary: "All that is known of a person, as JSON",
      description:
        "Identities, merges, consents and contact facts with their history, what sources said, orders, reservations and offers.",
      answer: { schema: customerExportSchema, description: "The person's data" },
      problems: ["customer_not_found", "customer_erased"],
      async handle({ params: { customerId }, caller }) {
        const body = await deps.exportCustomer(customerId, caller);
        await note(caller, "export", customerId, {});
        return { body };
      },
    }),
    defineRoute({
      ...shared,
      method: "DELETE",
      path: "/v1/customers/:customerId",
      summary: "Forget a person; every figure stays",
      description:
        "Takes away all that leads from the id to a person: identifiers and their hashes, consents, contact facts, merges, what " +
        "sources said. Orders, reservations and offers keep the id, which leads to nobody any more. Answered when it is done and " +
        "counted; docs/customers.md says when the old files are gone from the disk, and what backups mean for it.",
      examples: { answer: ERASURE_EXAMPLE },
      answer: { schema: erasureSchema, description: "What was taken away, by table" },
      problems: ["customer_not_found", ...busy],
      async handle({ params: { customerId }, caller }) {
        const erasure = await eraser.erase(customerId, caller.keyId);
        await note(caller, "erase", customerId, erasure);
        return { body: erasure };
      },
    }),
  ];
}

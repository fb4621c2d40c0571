import { z } from "zod";
import { idSchema } from "../../domain/identifiers.ts";
import { purchaseSchema } from "../../domain/returns/return.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { PURCHASE_EXAMPLE } from "./return-examples.ts";
import type { ReturnDesk } from "./return-desk.ts";
import { checkLocation, TAKERS } from "./return-words.ts";

const querySchema = z
  .object({
    location: idSchema,
    orderId: z.string().min(1).max(100).optional(),
    source: z.string().min(1).max(64).optional(),
    transactionId: z.string().min(1).max(200).optional(),
    soldAt: idSchema.optional(),
    terminalId: z.string().min(1).max(64).optional(),
    epc: z.string().min(1).max(200).optional(),
  })
  .refine(
    ({ orderId, transactionId, epc }) =>
      [orderId, transactionId, epc].filter((named) => named !== undefined).length === 1,
    "one of orderId, transactionId and epc",
  );

/** What was bought: looked up before its goods are taken back. */
export function createPurchaseRoute({ desk }: { desk: Pick<ReturnDesk, "purchase"> }): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/purchases",
    tag: "Returns",
    summary: "What was bought, and what of it can still come back",
    description:
      "By one of `orderId` (with `source` for an order of the imported history), `transactionId` of a till's receipt (with `soldAt` " +
      "where that is not `location`, and `terminalId`), or the `epc` of one very item. `location` is where the goods are now. Goods come " +
      "back anywhere, so a store sees the products of any order that it names; who bought them is not said.",
    roles: TAKERS,
    query: querySchema,
    examples: { answer: PURCHASE_EXAMPLE },
    answer: { schema: purchaseSchema, description: "What was bought" },
    problems: ["purchase_not_found", "invalid_epc", "location_not_allowed", "not_ready", "not_the_writer"],
    async handle({ query, caller }) {
      const { location, orderId, source, transactionId, soldAt, terminalId, epc } = query;
      checkLocation(caller, location);
      const receipt =
        transactionId === undefined
          ? undefined
          : {
              transactionId,
              locationId: soldAt ?? location,
              ...(terminalId === undefined ? {} : { terminalId }),
            };
      const wish = {
        locationId: location,
        ...(orderId === undefined ? {} : { orderId }),
        ...(source === undefined ? {} : { source }),
        ...(receipt === undefined ? {} : { receipt }),
      };
      return { body: await desk.purchase(wish, epc ?? null) };
    },
  });
}

import { z } from "zod";

/**
 * Opaque: made of chance alone, so that nothing leads from it to a person once the customer is erased. It is all that orders,
 * reservations, topics and webhooks name of a customer.
 */
export const customerIdSchema = z
  .string()
  .regex(/^cus_[0-9a-f]{32}$/, "a customer's id is cus_ and 32 hex digits, as POST /v1/customers gave it");

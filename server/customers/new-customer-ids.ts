import { randomUUID } from "node:crypto";
import type { NewIds } from "../../domain/customers/customer-decisions.ts";

/** Of chance alone: nothing leads from an id to a person. */
export const newCustomerIds: NewIds = {
  customerId: () => `cus_${randomUUID().replaceAll("-", "")}`,
  mergeId: () => randomUUID(),
};

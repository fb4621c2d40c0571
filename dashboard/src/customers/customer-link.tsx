import { Link } from "react-router";
import { customerIdSchema } from "../../../domain/customers/customer-id.ts";

/** A person's id, and the way to its page. Ids of imported files alone have none. */
export function CustomerLink({ customerId }: { customerId: string }) {
  return customerIdSchema.safeParse(customerId).success ? (
    <Link to={`/customers/${customerId}`}>
      <code className="customer-id">{customerId}</code>
    </Link>
  ) : (
    <code className="customer-id">{customerId}</code>
  );
}

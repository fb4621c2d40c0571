import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import { PageHead } from "../app/page-head.tsx";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { CustomerConsents } from "./customer-consents.tsx";
import { CustomerIdentities } from "./customer-identities.tsx";
import { CustomerMerges } from "./customer-merges.tsx";
import { CustomerOrders } from "./customer-orders.tsx";
import "./customer-page.css";
import { CustomerRights } from "./customer-rights.tsx";
import { CustomerValue } from "./customer-value.tsx";
import { useCustomer } from "./use-customer.ts";

/** One person: by what they are known, what they bought in all channels, what they agreed to. */
export function CustomerPage() {
  const { t } = useTranslation();
  const { customerId = "" } = useParams();
  return (
    <>
      <PageHead title={t("Customer")} />
      <div className="page-body">
        <Link className="customer-back" to="/customers">
          {t("Find another customer")}
        </Link>
        <CustomerContent key={customerId} customerId={customerId} />
      </div>
    </>
  );
}

function CustomerContent({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const query = useCustomer(customerId);
  if (query.isPending) return <TableSkeleton label={t("Loading the customer")} />;
  // Who was erased a moment ago is not shown as they were.
  if (query.error !== null && (query.data === undefined || isGone(query.error))) {
    return <NoCustomer error={query.error} onRetry={() => void query.refetch()} />;
  }
  const customer = query.data;
  return (
    <div className="page-scroll customer-page" data-testid="customer">
      <StaleNote error={query.error} />
      <p>
        <code className="customer-id">{customer.customerId}</code>
      </p>
      <CustomerValue customerId={customer.customerId} />
      <CustomerIdentities customer={customer} />
      <CustomerMerges customer={customer} />
      <CustomerOrders customerId={customer.customerId} />
      <CustomerConsents customer={customer} />
      <CustomerRights customer={customer} />
    </div>
  );
}

function NoCustomer({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation();
  const code = error instanceof ApiProblem ? error.code : "";
  if (code === "customer_erased") {
    return (
      <Notice icon="check" title={t("This customer was erased")}>
        {t("Nothing leads from this id to a person any more. What was bought still counts in every figure.")}
      </Notice>
    );
  }
  if (code === "customer_not_found" || code === "invalid_request") {
    return (
      <Notice icon="search" title={t("Nobody has this id")}>
        {error.message}
      </Notice>
    );
  }
  return <Failed title={t("The customer can't be shown")} error={error} onRetry={onRetry} />;
}

function isGone(error: Error): boolean {
  return error instanceof ApiProblem && error.code === "customer_erased";
}

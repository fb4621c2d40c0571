import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { DeliveriesDialog } from "./deliveries-dialog.tsx";
import { useWebhooks } from "./use-webhooks.ts";
import { webhookColumns } from "./webhook-columns.tsx";
import "./webhooks-page.css";

/** Who is told of what happens, and whether they hear it. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const { data, error, refetch } = useWebhooks();
  const open = data?.items.find(({ webhookId }) => webhookId === search.get("open"));
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });
  return (
    <>
      <PageHead title={t("Webhooks")} />
      <div className="page-body">
        {data === undefined ? (
          error === null ? (
            <TableSkeleton label={t("Loading webhooks")} />
          ) : error instanceof ApiProblem && error.status === 403 ? (
            <Notice icon="key" title={t("Only admins see webhooks")}>
              {t("They carry what happens to other systems. Ask an admin.")}
            </Notice>
          ) : (
            <Failed title={t("Webhooks can't be shown")} error={error} onRetry={() => void refetch()}>
              {t("What is to be sent is sent all the same.")}
            </Failed>
          )
        ) : (
          <>
            <StaleNote error={error} />
            {data.items.length === 0 ? (
              <Notice icon="webhook" title={t("Nobody is told by webhook yet")}>
                {t("Another system subscribes with POST /v1/webhooks; its deliveries are shown here.")}
              </Notice>
            ) : (
              <div className="page-scroll">
                <DataTable
                  label={t("Webhooks")}
                  columns={webhookColumns(t, ({ webhookId }) => set("open", webhookId))}
                  rows={data.items}
                  keyOf={({ webhookId }) => webhookId}
                />
              </div>
            )}
          </>
        )}
      </div>
      {open === undefined ? null : (
        <DeliveriesDialog key={open.webhookId} webhook={open} onClose={() => set("open", "")} />
      )}
    </>
  );
}

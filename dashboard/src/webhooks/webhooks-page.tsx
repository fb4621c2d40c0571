import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { DeliveriesDialog } from "./deliveries-dialog.tsx";
import { useWebhooks } from "./use-webhooks.ts";
import { webhookColumns } from "./webhook-columns.tsx";
import "./webhooks-page.css";

/** Who is told of what happens, and whether they hear it. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const query = useWebhooks();
  const open = query.data?.items.find(({ webhookId }) => webhookId === search.get("open"));
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });
  return (
    <>
      <PageHead title={t("Webhooks")} />
      <div className="page-body">
        <PagedTable
          label={t("Webhooks")}
          query={query}
          columns={webhookColumns(t, ({ webhookId }) => set("open", webhookId))}
          keyOf={({ webhookId }) => webhookId}
          loading={t("Loading webhooks")}
          failed={{
            title: t("Webhooks can't be shown"),
            words: t("What is to be sent is sent all the same."),
          }}
          refused={
            query.error instanceof ApiProblem && query.error.status === 403 ? (
              <Notice icon="key" title={t("Only admins see webhooks")}>
                {t("They carry what happens to other systems. Ask an admin.")}
              </Notice>
            ) : null
          }
          empty={
            <Notice icon="webhook" title={t("Nobody is told by webhook yet")}>
              {t("Another system subscribes with POST /v1/webhooks; its deliveries are shown here.")}
            </Notice>
          }
        />
      </div>
      {open === undefined ? null : (
        <DeliveriesDialog key={open.webhookId} webhook={open} onClose={() => set("open", "")} />
      )}
    </>
  );
}

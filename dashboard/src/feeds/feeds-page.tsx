import { useTranslation } from "react-i18next";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { WithCode } from "../ui/with-code.tsx";
import { AuditDialog } from "./audit-dialog.tsx";
import { auditColumns, runColumns } from "./feed-columns.tsx";
import { useDrawAudit, useFeedAudits, useFeedRuns } from "./use-feeds.ts";

/** What the world was told of stock, when, and whether the shelf says the same. */
export function FeedsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const runs = useFeedRuns();
  const audits = useFeedAudits();
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });
  const draw = useDrawAudit((auditId) => set("audit", auditId));
  const locationId = search.get("location") ?? "";
  const auditId = search.get("audit") ?? "";
  const rehearsed = audits.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <>
      <PageHead title={t("Feeds")} />
      <div className="page-body">
        <div className="toolbar">
          <LocationField
            value={locationId}
            locations={locations}
            onChange={(value) => set("location", value)}
          />
          <Button
            look="primary"
            disabled={locationId === "" || draw.isPending}
            title={locationId === "" ? t("Choose a store first") : undefined}
            onClick={() => draw.mutate(locationId)}
          >
            {t("Rehearse the audit")}
          </Button>
        </div>
        <div className="page-scroll">
          {rehearsed.length === 0 ? null : (
            <>
              <h2>{t("Rehearsals of the audit")}</h2>
              <DataTable
                label={t("Rehearsals")}
                columns={auditColumns(t, names, (audit) => set("audit", audit.auditId))}
                rows={rehearsed}
                keyOf={(audit) => audit.auditId}
              />
              <h2>{t("What was sent")}</h2>
            </>
          )}
          <PagedTable
            label={t("Feeds")}
            query={runs}
            columns={runColumns(t)}
            keyOf={(run) => run.runId}
            loading={t("Loading feeds")}
            failed={{ title: t("Feeds can't be shown"), words: t("They are sent all the same.") }}
            empty={
              <Notice icon="mail" title={t("No feed was fetched yet")}>
                <WithCode>
                  {t("The local inventory feed is at {{feed}}, the stock of a marketplace at {{stock}}.", {
                    feed: "`/v1/feeds/google-local-inventory.tsv`",
                    stock: "`/v1/feeds/{channel}/stock.csv`",
                  })}
                </WithCode>
              </Notice>
            }
          />
        </div>
      </div>
      {auditId === "" ? null : (
        <AuditDialog key={auditId} auditId={auditId} names={names} onClose={() => set("audit", "")} />
      )}
    </>
  );
}

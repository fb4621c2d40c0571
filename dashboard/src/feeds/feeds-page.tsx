import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { AuditDialog } from "./audit-dialog.tsx";
import { auditColumns, runColumns } from "./feed-columns.tsx";
import { useDrawAudit, useFeedAudits, useFeedRuns } from "./use-feeds.ts";

/** What the world was told of stock, when, and whether the shelf says the same. */
export function FeedsPage() {
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
  const sent = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const rehearsed = audits.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <>
      <PageHead title="Feeds" />
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
            title={locationId === "" ? "Choose a store first" : undefined}
            onClick={() => draw.mutate(locationId)}
          >
            Rehearse the audit
          </Button>
        </div>
        {runs.data === undefined ? null : <StaleNote error={runs.error} />}
        {runs.isPending ? <TableSkeleton label="Loading feeds" /> : null}
        {runs.error !== null && runs.data === undefined ? (
          <Failed title="Feeds can't be shown" error={runs.error} onRetry={() => void runs.refetch()}>
            They are sent all the same.
          </Failed>
        ) : null}
        {runs.data === undefined ? null : (
          <div className="page-scroll">
            {rehearsed.length === 0 ? null : (
              <>
                <h2>Rehearsals of the audit</h2>
                <DataTable
                  label="Rehearsals"
                  columns={auditColumns(names, (audit) => set("audit", audit.auditId))}
                  rows={rehearsed}
                  keyOf={(audit) => audit.auditId}
                />
              </>
            )}
            {sent.length === 0 ? (
              <Notice icon="mail" title="No feed was fetched yet">
                The local inventory feed is at <code>/v1/feeds/google-local-inventory.tsv</code>, the stock of
                a marketplace at <code>/v1/feeds/&#123;channel&#125;/stock.csv</code>.
              </Notice>
            ) : (
              <>
                <h2>What was sent</h2>
                <DataTable label="Feeds" columns={runColumns()} rows={sent} keyOf={(run) => run.runId} />
                <MoreButton
                  shown={sent.length}
                  total={null}
                  isLoading={runs.isFetchingNextPage}
                  onMore={runs.hasNextPage ? () => void runs.fetchNextPage() : null}
                />
              </>
            )}
          </div>
        )}
      </div>
      {auditId === "" ? null : (
        <AuditDialog key={auditId} auditId={auditId} names={names} onClose={() => set("audit", "")} />
      )}
    </>
  );
}

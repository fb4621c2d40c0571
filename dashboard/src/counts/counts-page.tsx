import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Count } from "../../../domain/api/counts.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { formatShare, formatWhole } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { WithCode } from "../ui/with-code.tsx";
import { CountDialog } from "./count-dialog.tsx";
import { CountStateBadge } from "./count-state-badge.tsx";
import { useCounts } from "./use-counts.ts";

/** Counts of all stores: how right the book was, and those that wait for a person's word. */
export function CountsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const locationId = search.get("location") ?? "";
  const query = useCounts(locationId);
  const counts = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = counts.find((count) => keyOf(count) === search.get("open"));
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });

  return (
    <>
      <PageHead title={t("Counts")} />
      <div className="page-body">
        <div className="toolbar">
          <LocationField
            value={locationId}
            locations={locations}
            onChange={(value) => set("location", value)}
          />
        </div>
        <PagedTable
          label={t("Counts")}
          query={query}
          columns={columnsOf(t, names, (count) => set("open", keyOf(count)))}
          keyOf={keyOf}
          loading={t("Loading counts")}
          failed={{
            title: t("Counts can't be shown"),
            words: t("Counts that run are taken in all the same."),
          }}
          empty={
            <Notice icon="count" title={t("No count yet")}>
              <WithCode>
                {t("A count begins with the message {{message}} on {{topic}}.", {
                  message: "`count_started`",
                  topic: "`onhand/{location}/stock/{source}`",
                })}
              </WithCode>
            </Notice>
          }
        />
      </div>
      {open === undefined ? null : (
        <CountDialog key={keyOf(open)} count={open} names={names} onClose={() => set("open", "")} />
      )}
    </>
  );
}

const keyOf = (count: Count): string => `${count.locationId}/${count.countId}`;

function columnsOf(t: TFunction, names: PlaceNames, onOpen: (count: Count) => void): Column<Count>[] {
  return [
    {
      label: t("Count"),
      look: "wide",
      cell: (count) => (
        <>
          <div className="strong">{names.location(count.locationId)}</div>
          <div className="muted">
            {count.countId} · {scopeWords(t, count, names)}
          </div>
        </>
      ),
    },
    { label: t("State"), cell: (count) => <CountStateBadge state={count.state} /> },
    { label: t("Began"), cell: (count) => <Age atMs={Date.parse(count.startedAt)} /> },
    { label: t("Expected"), look: "number", cell: (count) => orDash(count.expected, formatWhole) },
    { label: t("Found"), look: "number", cell: (count) => orDash(count.found, formatWhole) },
    { label: t("Exact"), look: "number", cell: (count) => orDash(count.exactAccuracy, formatShare) },
    { label: t("Units right"), look: "number", cell: (count) => orDash(count.unitAccuracy, formatShare) },
    {
      label: t("Look"),
      look: "actions",
      cell: (count) => (
        <Button
          look={count.state === "held" ? "primary" : "plain"}
          onClick={() => onOpen(count)}
          aria-label={
            count.state === "held"
              ? t("Decide on count {{id}}", { id: count.countId })
              : t("Look at count {{id}}", { id: count.countId })
          }
        >
          {count.state === "held" ? t("Decide") : t("Look")}
        </Button>
      ),
    },
  ];
}

function scopeWords(t: TFunction, { locationId, zones, gtins }: Count, names: PlaceNames): string {
  const where =
    zones === null ? t("all zones") : zones.map((zone) => names.zone(locationId, zone)).join(", ");
  return gtins === null ? where : `${where}, ${t("{{count}} products", { count: gtins.length })}`;
}

function orDash(value: number | null, format: (value: number) => string): string {
  return value === null ? "–" : format(value);
}

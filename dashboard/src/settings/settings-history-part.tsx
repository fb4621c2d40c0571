import { useMemo } from "react";
import type { SettingsChange } from "../../../domain/api/tracking-settings-answers.ts";
import { TRACKING_SETTING_NAMES } from "../../../domain/tracking/tracking-settings.ts";
import { formatInstant } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { settingWords, valueWords } from "./setting-words.ts";
import { useSettingsHistory } from "./use-settings.ts";

/** Who changed which settings when, newest first. */
export function SettingsHistoryPart() {
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = useSettingsHistory();
  if (query.isPending) return <TableSkeleton label="Loading the history" />;
  if (query.data === undefined) {
    return (
      <Failed title="The history can't be shown" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const changes = query.data.pages.flatMap((page) => page.items);
  if (changes.length === 0) {
    return (
      <Notice icon="settings" title="Nothing was changed yet">
        Every setting has its default, or what is set where ingest runs.
      </Notice>
    );
  }
  return (
    <div className="page-scroll">
      <StaleNote error={query.error} />
      <DataTable
        label="Changes of settings"
        columns={columnsOf(names)}
        rows={changes}
        keyOf={({ changedAt, locationId, readerId, antenna }) =>
          `${changedAt} ${locationId} ${readerId} ${antenna}`
        }
      />
      <MoreButton
        shown={changes.length}
        total={null}
        isLoading={query.isFetchingNextPage}
        onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
      />
    </div>
  );
}

function columnsOf(names: PlaceNames): Column<SettingsChange>[] {
  return [
    {
      label: "When",
      cell: ({ changedAt }) => <span className="numeric">{formatInstant(Date.parse(changedAt))}</span>,
    },
    { label: "Who", cell: ({ changedBy }) => changedBy },
    { label: "Where", cell: (change) => whereWords(change, names) },
    {
      label: "What",
      look: "wide",
      cell: ({ scope, changes }) => (
        <ul className="history-changes">
          {changes.map(({ name, from, to }) => {
            const { label, value } = wordsOf(scope, name);
            return (
              <li key={name}>
                {label}: {value(from)} → <span className="strong">{value(to)}</span>
              </li>
            );
          })}
        </ul>
      ),
    },
    { label: "Why", cell: ({ note }) => note },
  ];
}

function whereWords({ scope, locationId, readerId, antenna }: SettingsChange, names: PlaceNames): string {
  switch (scope) {
    case "company":
      return "The whole company";
    case "location":
      return names.location(locationId);
    case "read_point":
      return `${names.location(locationId)}, ${readerId}${antenna === null ? "" : `, antenna ${antenna}`}`;
    default:
      return scope satisfies never;
  }
}

const READ_POINT_LABELS: Readonly<Record<string, string>> = {
  minReads: "Reads, at least",
  windowMs: "Within milliseconds",
  minRssiDbm: "Strength from dBm",
};

type Value = SettingsChange["changes"][number]["from"];

/** A setting of tracking by its label and unit; one of a read point, or one that this page does not know, as it is stored. */
function wordsOf(scope: SettingsChange["scope"], name: string) {
  const setting = scope === "read_point" ? undefined : TRACKING_SETTING_NAMES.find((each) => each === name);
  const value = (shown: (value: number | boolean) => string) => (each: Value) =>
    each === null ? "inherited" : shown(each);
  return setting === undefined
    ? { label: READ_POINT_LABELS[name] ?? name, value: value(String) }
    : { label: settingWords(setting).label, value: value((each) => valueWords(setting, each)) };
}

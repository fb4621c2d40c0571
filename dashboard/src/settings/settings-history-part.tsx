import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useMemo } from "react";
import type { SettingsChange } from "../../../domain/api/tracking-settings-answers.ts";
import { TRACKING_SETTING_NAMES } from "../../../domain/tracking/tracking-settings.ts";
import { formatInstant } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import type { Column } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { settingWords, valueWords } from "./setting-words.ts";
import { useSettingsHistory } from "./use-settings.ts";

/** Who changed which settings when, newest first. */
export function SettingsHistoryPart() {
  const { t } = useTranslation();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = useSettingsHistory();
  return (
    <PagedTable
      label={t("Changes of settings")}
      query={query}
      columns={columnsOf(t, names)}
      keyOf={({ changedAt, locationId, readerId, antenna }) =>
        `${changedAt} ${locationId} ${readerId} ${antenna}`
      }
      loading={t("Loading the history")}
      failed={{ title: t("The history can't be shown") }}
      empty={
        <Notice icon="settings" title={t("Nothing was changed yet")}>
          {t("Every setting has its default, or what is set where ingest runs.")}
        </Notice>
      }
    />
  );
}

function columnsOf(t: TFunction, names: PlaceNames): Column<SettingsChange>[] {
  return [
    {
      label: t("When"),
      cell: ({ changedAt }) => <span className="numeric">{formatInstant(Date.parse(changedAt))}</span>,
    },
    { label: t("Who"), cell: ({ changedBy }) => changedBy },
    { label: t("Where"), cell: (change) => whereWords(t, change, names) },
    {
      label: t("What"),
      look: "wide",
      cell: ({ scope, changes }) => (
        <ul className="history-changes">
          {changes.map(({ name, from, to }) => {
            const { label, value } = wordsOf(t, scope, name);
            return (
              <li key={name}>
                {label}: {value(from)} → <span className="strong">{value(to)}</span>
              </li>
            );
          })}
        </ul>
      ),
    },
    { label: t("Why"), cell: ({ note }) => note },
  ];
}

function whereWords(
  t: TFunction,
  { scope, locationId, readerId: reader, antenna }: SettingsChange,
  names: PlaceNames,
): string {
  switch (scope) {
    case "company":
      return t("The whole company");
    case "location":
      return names.location(locationId);
    case "read_point":
      return `${names.location(locationId)}, ${antenna === null ? reader : t("{{reader}}, antenna {{antenna}}", { reader, antenna })}`;
    default:
      return scope satisfies never;
  }
}

const readPointLabels = (t: TFunction): Readonly<Record<string, string>> => ({
  minReads: t("Reads, at least"),
  windowMs: t("Within milliseconds"),
  minRssiDbm: t("Strength from dBm"),
});

type Value = SettingsChange["changes"][number]["from"];

/** A setting of tracking by its label and unit; one of a read point, or one that this page does not know, as it is stored. */
function wordsOf(t: TFunction, scope: SettingsChange["scope"], name: string) {
  const setting = scope === "read_point" ? undefined : TRACKING_SETTING_NAMES.find((each) => each === name);
  const value = (shown: (value: number | boolean) => string) => (each: Value) =>
    each === null ? t("inherited") : shown(each);
  return setting === undefined
    ? { label: readPointLabels(t)[name] ?? name, value: value(String) }
    : { label: settingWords(t, setting).label, value: value((each) => valueWords(t, setting, each)) };
}

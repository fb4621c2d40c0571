import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { COMPARISONS } from "../../../domain/reports/report.ts";
import { useCategories, useLocations } from "../live/use-master-data.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import "./report-filter-bar.css";
import { type FilterField, WINDOWS, type WindowId, windowOfFilter } from "./report-filter.ts";
import { useReportFilter } from "./use-report-filter.ts";

type ReportFilterBarProps = {
  fields: readonly FilterField[];
  /** The window where the address names none: the same that the page gives to `useReportFilter`. */
  usual?: WindowId;
};

/** Channels are an open list; these are offered, another can stand in the address. */
const CHANNELS = ["store", "web", "app", "phone", "social", "kiosk", "marketplace"] as const;

/** What the page's reports are asked for. */
export function ReportFilterBar({ fields, usual = "28d" }: ReportFilterBarProps) {
  const { t } = useTranslation();
  const filter = useReportFilter(usual);
  const has = (field: FilterField) => fields.includes(field);
  return (
    <div className="toolbar filter-bar" role="group" aria-label={t("Filter")}>
      {has("window") ? <WindowFields usual={usual} /> : null}
      {has("location") ? (
        <LocationPart value={filter.location} onChange={(location) => filter.set({ location })} />
      ) : null}
      {has("channel") ? (
        <SelectField
          label={t("Channel")}
          isLabelHidden
          value={filter.channel}
          choices={[
            { value: "", label: t("All channels") },
            ...withChosen(CHANNELS, filter.channel).map((value) => ({ value, label: channelWord(t, value) })),
          ]}
          onChange={(channel) => filter.set({ channel })}
        />
      ) : null}
      {has("category") ? (
        <CategoryPart value={filter.category} onChange={(category) => filter.set({ category })} />
      ) : null}
      {has("compare") ? (
        <SelectField
          label={t("Compare")}
          isLabelHidden
          value={filter.compare}
          choices={[
            { value: "", label: t("No comparison") },
            { value: "previous", label: t("Previous period") },
            { value: "year_ago", label: t("A year ago") },
          ]}
          onChange={(value) => filter.set({ compare: COMPARISONS.find((each) => each === value) ?? "" })}
        />
      ) : null}
    </div>
  );
}

function WindowFields({ usual }: { usual: WindowId }) {
  const { t } = useTranslation();
  const filter = useReportFilter(usual);
  const named = windowOfFilter(filter);
  return (
    <>
      <SelectField
        label={t("Window")}
        isLabelHidden
        value={named ?? "custom"}
        choices={[
          ...WINDOWS.map(({ id }) => ({ value: id, label: windowWord(t, id) })),
          { value: "custom", label: t("Days of my own …") },
        ]}
        onChange={(value) => {
          const found = WINDOWS.find(({ id }) => id === value);
          const today = new Date().toLocaleDateString("en-CA");
          filter.set(
            found === undefined
              ? { from: `${today.slice(0, 7)}-01`, to: nextDay(today) }
              : { from: found.from, to: found.to },
          );
        }}
      />
      {named === null ? (
        <>
          <TextField
            label={t("From")}
            type="date"
            value={filter.from}
            max={filter.to}
            onChange={({ target }) => target.value !== "" && filter.set({ from: target.value })}
          />
          <TextField
            label={t("Until before")}
            type="date"
            value={filter.to}
            min={filter.from}
            onChange={({ target }) => target.value !== "" && filter.set({ to: target.value })}
          />
        </>
      ) : null}
    </>
  );
}

function LocationPart({ value, onChange }: { value: string; onChange: (locationId: string) => void }) {
  const { t } = useTranslation();
  const locations = useLocations();
  return (
    <SelectField
      label={t("Location")}
      isLabelHidden
      value={value}
      choices={[
        { value: "", label: t("All locations") },
        ...locations.map(({ locationId, name }) => ({ value: locationId, label: name })),
      ]}
      onChange={onChange}
    />
  );
}

function CategoryPart({ value, onChange }: { value: string; onChange: (category: string) => void }) {
  const { t } = useTranslation();
  const categories = useCategories();
  return (
    <SelectField
      label={t("Category")}
      isLabelHidden
      value={value}
      choices={[
        { value: "", label: t("All categories") },
        ...withChosen(categories, value).map((each) => ({ value: each, label: each })),
      ]}
      onChange={onChange}
    />
  );
}

/** What the address names is offered too, or the field would show something else than what is asked for. */
function withChosen(known: readonly string[], chosen: string): readonly string[] {
  return chosen === "" || known.includes(chosen) ? known : [...known, chosen];
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function windowWord(t: TFunction, id: WindowId): string {
  switch (id) {
    case "7d":
      return t("Last 7 days");
    case "28d":
      return t("Last 28 days");
    case "quarter":
      return t("Last 13 weeks");
    case "year":
      return t("Last 365 days");
    case "all":
      return t("All there is");
    default:
      return id satisfies never;
  }
}

/** What a channel is called; an unknown one by its own name. */
export function channelWord(t: TFunction, channel: string): string {
  switch (channel) {
    case "store":
      return t("Store");
    case "web":
      return t("Web");
    case "app":
      return t("App");
    case "phone":
      return t("Phone");
    case "social":
      return t("Social");
    case "kiosk":
      return t("Kiosk");
    case "marketplace":
      return t("Marketplace");
    default:
      return channel;
  }
}

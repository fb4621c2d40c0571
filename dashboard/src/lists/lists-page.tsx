import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, NavLink, useParams, useSearchParams } from "react-router";
import { LISTS, type ListName, type ListsSummary, type ListTotals } from "../../../domain/api/lists.ts";
import { NotFoundPage } from "../app/not-found-page.tsx";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { formatMoney } from "../format/money.ts";
import { formatCompact } from "../format/number.ts";
import { useLocations } from "../live/use-master-data.ts";
import { placeNames } from "../item/place-names.ts";
import { SelectField } from "../ui/field.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { hourChoices, parseHours } from "./hour-choices.ts";
import { ListContent } from "./list-content.tsx";
import { listWords } from "./list-words.ts";
import "./lists-page.css";
import { useListsSummary } from "./use-lists.ts";

/** What people should look at in the stores, list by list. The list and its filters live in the address. */
export function ListsPage() {
  const { t } = useTranslation();
  const { list: name } = useParams();
  const list = LISTS.find((each) => each === name);
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const locationId = search.get("location") ?? "";
  const summary = useListsSummary(locationId);
  const names = useMemo(() => placeNames(locations), [locations]);
  if (name === undefined) return <Navigate to={`/lists/${LISTS[0]}`} replace />;
  if (list === undefined) return <NotFoundPage />;
  const hours = parseHours(list, search.get("hours"));
  const choices = hourChoices(list, t);
  const words = listWords(list, t);
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });

  return (
    <>
      <PageHead title={t("Lists")} />
      <div className="page-body">
        <nav className="list-tabs" aria-label={t("Lists")}>
          {LISTS.map((each) => (
            <NavLink
              key={each}
              to={{ pathname: `/lists/${each}`, search: withParam(search, "hours", "").toString() }}
              className="list-tab"
            >
              <span className="list-tab-title">{listWords(each, t).title}</span>
              <TabCount totals={totalsOf(summary.data, each)} isPending={summary.isPending} />
            </NavLink>
          ))}
        </nav>
        <div className="toolbar">
          <p className="list-meaning">
            {words.meaning} <span className="muted">{words.todo}</span>
          </p>
          <LocationField
            value={locationId}
            locations={locations}
            onChange={(value) => set("location", value)}
          />
          {choices.length < 2 ? null : (
            <SelectField
              label={t("How far back")}
              isLabelHidden
              value={String(hours)}
              choices={choices}
              onChange={(value) => set("hours", value)}
            />
          )}
        </div>
        <ListContent key={list} list={list} filter={{ hours, locationId }} names={names} />
      </div>
    </>
  );
}

function TabCount({ totals, isPending }: { totals: ListTotals | null; isPending: boolean }) {
  const count = totals?.count ?? 0;
  const worth = (totals?.value ?? [])
    .map(({ amount, currency }) => formatMoney(amount, currency))
    .join(" + ");
  return (
    <>
      <span className={count === 0 ? "list-tab-count muted" : "list-tab-count"}>
        {totals === null ? (isPending ? "…" : "?") : formatCompact(count)}
      </span>
      <span className="list-tab-worth muted numeric">{worth === "" ? "\u00a0" : worth}</span>
    </>
  );
}

function totalsOf(summary: ListsSummary | undefined, list: ListName): ListTotals | null {
  return summary?.items.find((each) => each.list === list)?.totals ?? null;
}

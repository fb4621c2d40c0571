import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import type { AttentionItem } from "../../../domain/api/attention.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Button } from "../ui/button.tsx";
import { SelectField } from "../ui/field.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { AttentionList } from "./attention-list.tsx";
import { AttentionSources } from "./attention-sources.tsx";
import "./home-page.css";
import { TourOffer } from "../tour/tour-offer.tsx";
import { useAttention } from "./use-attention.ts";

/** What stands below the list, which waits for reports anyhow. */
const TodayCards = lazy(async () => ({ default: (await import("./today-cards.tsx")).TodayCards }));
const PromisePanels = lazy(async () => ({ default: (await import("./promise-panels.tsx")).PromisePanels }));

/** So many lines are shown before somebody asks for the rest, so that the day's figures are in sight. */
const FIRST_LINES = 8;

/** What needs somebody now, how today goes, and whether promises are kept. */
export function HomePage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const location = search.get("location") ?? "";
  const isByMoney = search.get("sort") === "money";
  const attention = useAttention(location);
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });
  return (
    <>
      <PageHead title={t("Home")} />
      <div className="page-body">
        <div className="page-scroll home-page">
          <TourOffer />
          <div className="toolbar">
            <LocationField
              value={location}
              locations={locations}
              onChange={(value) => set("location", value)}
            />
            <SelectField
              label={t("Order")}
              isLabelHidden
              value={isByMoney ? "money" : ""}
              choices={[
                { value: "", label: t("Most urgent first") },
                { value: "money", label: t("Most money first") },
              ]}
              onChange={(value) => set("sort", value)}
            />
          </div>
          <NeedsYou attention={attention} isByMoney={isByMoney} names={names} />
          {/* It asks meanwhile, but is not seen before what stands above it has its height: nothing jumps. */}
          <div className="home-figures" hidden={attention.isPending}>
            <Suspense fallback={null}>
              <TodayCards location={location} />
              <PromisePanels location={location} />
            </Suspense>
          </div>
        </div>
      </div>
    </>
  );
}

type NeedsYouProps = {
  attention: ReturnType<typeof useAttention>;
  isByMoney: boolean;
  names: ReturnType<typeof placeNames>;
};

function NeedsYou({ attention, isByMoney, names }: NeedsYouProps) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const { data, error } = attention;
  if (data === undefined) {
    if (error === null) return <TableSkeleton label={t("Looking for what needs you")} />;
    if (error instanceof ApiProblem && error.status === 403) {
      return (
        <Notice icon="key" title={t("Your role may not read what needs somebody")}>
          {t("Ask an admin for the role merchandiser.")}
        </Notice>
      );
    }
    return (
      <Failed
        title={t("What needs you can't be shown")}
        error={error}
        onRetry={() => void attention.refetch()}
      >
        {t("Stock is counted and promised all the same.")}
      </Failed>
    );
  }
  const items = isByMoney ? data.items.toSorted((one, other) => moneyOf(other) - moneyOf(one)) : data.items;
  const isComplete = data.sources.every(({ asOf, problem }) => asOf !== null && problem === null);
  return (
    <section aria-labelledby="home-needs">
      <div className="home-head">
        <h2 id="home-needs">{t("What needs you")}</h2>
        <AttentionSources attention={data} />
      </div>
      <StaleNote error={error} />
      {items.length > 0 ? (
        <AttentionList
          items={isWhole ? items : items.slice(0, FIRST_LINES)}
          names={names}
          label={t("What needs you")}
        />
      ) : isComplete ? (
        <Notice icon="check" title={t("Nothing needs you")}>
          {t(
            "No customer waits for a word, every hold is covered, all readers are heard, and no task is overdue.",
          )}
        </Notice>
      ) : (
        <Notice icon="question" title={t("Nothing found so far")}>
          {t("Not everything has been looked at yet: what is missing stands above.")}
        </Notice>
      )}
      {items.length <= FIRST_LINES ? null : (
        <Button className="home-more" onClick={() => setWhole(!isWhole)} aria-expanded={isWhole}>
          {isWhole ? t("Show fewer") : t("Show all {{total}}", { total: items.length })}
        </Button>
      )}
      {data.leftOut === 0 ? null : (
        <p className="home-note">
          {t("More than is shown: {{leftOut}}. Choose a location.", { leftOut: data.leftOut })}
        </p>
      )}
    </section>
  );
}

function moneyOf({ atStake }: AttentionItem): number {
  return Math.max(0, ...atStake.map(({ amount }) => Number(amount)));
}

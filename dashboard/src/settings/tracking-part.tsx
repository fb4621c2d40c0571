import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { TrackingAnswer, TrackingScope } from "../../../domain/api/tracking-settings-answers.ts";
import { withParam } from "../app/with-param.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { SelectField } from "../ui/field.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { TrackingForm } from "./tracking-form.tsx";
import { useTracking } from "./use-settings.ts";

/** The thresholds of item tracking, for the company or for one location. */
export function TrackingPart() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const query = useTracking();
  if (query.isPending) return <TableSkeleton label={t("Loading settings")} />;
  if (query.data === undefined) {
    return (
      <Failed title={t("Settings can't be shown")} error={query.error} onRetry={() => void query.refetch()}>
        {t("Items are tracked by them all the same.")}
      </Failed>
    );
  }
  const locationId = search.get("location") ?? "";
  const scope = scopeOf(query.data, locationId);
  const ownCount = (id: string) => Object.keys(scopeOf(query.data, id).overrides).length;
  return (
    <>
      <StaleNote error={query.error} />
      <div className="toolbar">
        <SelectField
          label={t("Where")}
          isLabelHidden
          value={locationId}
          choices={[
            { value: "", label: t("The whole company") },
            ...locations.map((each) => ({
              value: each.locationId,
              label:
                ownCount(each.locationId) === 0
                  ? each.name
                  : t("{{place}} ({{own}} own)", {
                      place: each.name,
                      own: formatWhole(ownCount(each.locationId)),
                    }),
            })),
          ]}
          onChange={(value) => setSearch((last) => withParam(last, "location", value), { replace: true })}
        />
        <p className="settings-use">
          {scope.lastChange === null
            ? t("Nobody changed anything here yet.")
            : t("Last changed {{instant}} by {{who}}.", {
                instant: formatInstant(Date.parse(scope.lastChange.changedAt)),
                who: scope.lastChange.changedBy,
              })}{" "}
          <InUse inUse={query.data.inUse} />
        </p>
      </div>
      <TrackingForm
        key={`${locationId} ${scope.lastChange?.changedAt ?? ""}`}
        answer={query.data}
        scope={scope}
      />
    </>
  );
}

function InUse({ inUse }: { inUse: TrackingAnswer["inUse"] }) {
  const { t } = useTranslation();
  if (inUse === null) return <span>{t("Ingest has not used any yet.")}</span>;
  if (!inUse.isCurrent)
    return <strong>{t("Not in use yet: ingest has not taken the last change up.")}</strong>;
  return <span>{t("In use since {{instant}}.", { instant: formatInstant(Date.parse(inUse.since)) })}</span>;
}

/** What a location has; one that set nothing has the company's. */
function scopeOf(answer: TrackingAnswer, locationId: string): TrackingScope {
  if (locationId === "") return answer.company;
  const own = answer.locations.find((scope) => scope.locationId === locationId);
  return own ?? { locationId, overrides: {}, effective: answer.company.effective, lastChange: null };
}

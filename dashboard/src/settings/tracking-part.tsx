import { useSearchParams } from "react-router";
import type { TrackingAnswer, TrackingScope } from "../../../domain/api/tracking-settings-answers.ts";
import { withParam } from "../app/with-param.ts";
import { formatInstant } from "../format/number.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { SelectField } from "../ui/field.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { TrackingForm } from "./tracking-form.tsx";
import { useTracking } from "./use-settings.ts";

/** The thresholds of item tracking, for the company or for one location. */
export function TrackingPart() {
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const query = useTracking();
  if (query.isPending) return <TableSkeleton label="Loading settings" />;
  if (query.data === undefined) {
    return (
      <Failed title="Settings can't be shown" error={query.error} onRetry={() => void query.refetch()}>
        Items are tracked by them all the same.
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
          label="Where"
          isLabelHidden
          value={locationId}
          choices={[
            { value: "", label: "The whole company" },
            ...locations.map((each) => ({
              value: each.locationId,
              label:
                ownCount(each.locationId) === 0
                  ? each.name
                  : `${each.name} (${ownCount(each.locationId)} own)`,
            })),
          ]}
          onChange={(value) => setSearch((last) => withParam(last, "location", value), { replace: true })}
        />
        <p className="settings-use">
          {scope.lastChange === null
            ? "Nobody changed anything here yet."
            : `Last changed ${formatInstant(Date.parse(scope.lastChange.changedAt))} by ${scope.lastChange.changedBy}.`}{" "}
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
  if (inUse === null) return <span>Ingest has not used any yet.</span>;
  if (!inUse.isCurrent) return <strong>Not in use yet: ingest has not taken the last change up.</strong>;
  return <span>In use since {formatInstant(Date.parse(inUse.since))}.</span>;
}

/** What a location has; one that set nothing has the company's. */
function scopeOf(answer: TrackingAnswer, locationId: string): TrackingScope {
  if (locationId === "") return answer.company;
  const own = answer.locations.find((scope) => scope.locationId === locationId);
  return own ?? { locationId, overrides: {}, effective: answer.company.effective, lastChange: null };
}

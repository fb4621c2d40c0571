import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import "../charts/heat-map.css";
import { formatShare, formatWhole } from "../format/number.ts";
import { HeatLegend } from "../heat-map/heat-legend.tsx";
import { sumHeat } from "../heat-map/heat-grid.ts";
import "../heat-map/heat-map-page.css";
import { heatScale, heatStep, heatValue } from "../heat-map/heat-scale.ts";
import { useLive, useLiveStatus } from "../live/live-context.tsx";
import { useLocations } from "../live/use-master-data.ts";
import { useThrottled } from "../live/use-throttled.ts";
import { StaleBanner } from "../stock/stale-banner.tsx";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { LocationMap, type PlacedLocation } from "./location-map.tsx";
import "./map-page.css";
import { PlaceList } from "./place-list.tsx";

const PERIOD_MS = 1000;
const SCALE = heatScale("share", false, []);
const SMALLEST_PX = 7;
const LARGEST_PX = 22;
const ALL = "all";

/** Every location where it is, sized by its units and coloured by how much of its range can be promised, live. */
export function MapPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const { rows } = useLive().stock;
  const status = useLiveStatus();
  const locations = useLocations();
  const revision = useThrottled(rows.subscribe, () => rows.versions().revision, PERIOD_MS);
  const sums = useMemo(() => {
    const grid = sumHeat(
      rows.allCells(),
      locations.map(({ locationId }) => locationId),
      () => ALL,
    );
    return new Map(locations.map(({ locationId }) => [locationId, grid.at(ALL, locationId)]));
    // oxlint-disable-next-line react/exhaustive-deps -- revision says when rows outside React changed
  }, [rows, locations, revision]);
  const placed = useMemo(() => locations.filter(isPlaced), [locations]);
  const openId = search.get("open") ?? "";
  const most = Math.max(1, ...[...sums.values()].map((each) => each?.available ?? 0));
  const open = (id: string) => setSearch((last) => withParam(last, "open", id), { replace: true });

  const spotOf = ({ locationId, name, kind }: PlacedLocation) => {
    const sum = sums.get(locationId) ?? null;
    return {
      id: locationId,
      name,
      radius: Math.max(SMALLEST_PX, LARGEST_PX * Math.sqrt((sum?.available ?? 0) / most)),
      step: sum === null ? -1 : heatStep(heatValue(sum, "share"), SCALE),
      isWarehouse: kind === "warehouse",
      words:
        sum === null
          ? t("{{place}}: no stock record", { place: name })
          : t("{{place}}: {{units}} available, {{share}} of {{rows}} products in stock", {
              place: name,
              units: formatWhole(sum.available),
              share: formatShare(sum.promisable / sum.rows),
              rows: formatWhole(sum.rows),
            }),
    };
  };
  return (
    <>
      <PageHead title={t("Map")} />
      <div className="page-body">
        <StaleBanner status={status} />
        {locations.length === 0 ? (
          <TableSkeleton label={t("Loading …")} />
        ) : (
          <>
            <div className="map-keys">
              <HeatLegend scale={SCALE} measure="share" />
              <span className="muted">
                {t("Colour: share of products in stock. Size: units available. Squares are warehouses.")}
              </span>
            </div>
            <div className="map-split">
              <LocationMap
                locations={placed}
                spotOf={spotOf}
                open={placed.find(({ locationId }) => locationId === openId)}
                onOpen={open}
              />
              <PlaceList locations={locations} sums={sums} openId={openId} onOpen={open} />
            </div>
          </>
        )}
      </div>
    </>
  );
}

function isPlaced(location: ReturnType<typeof useLocations>[number]): location is PlacedLocation {
  return location.latitude !== null && location.longitude !== null;
}

import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { PageHead } from "../app/page-head.tsx";
import type { Location } from "../../../domain/location.ts";
import { placeNames } from "../item/place-names.ts";
import { useLiveStatus } from "../live/live-context.tsx";
import { useLocations, useProductWords } from "../live/use-master-data.ts";
import { useLocationRows } from "../live/use-rows.ts";
import { HoldsPart } from "../product/holds-part.tsx";
import { MovementsPart } from "../product/movements-part.tsx";
import "../product/product-page.css";
import { RowFigures } from "../stock/row-figures.tsx";
import { StaleBanner } from "../stock/stale-banner.tsx";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Notice } from "../ui/notice.tsx";
import { AccuracyPart } from "./accuracy-part.tsx";
import { ListsPart } from "./lists-part.tsx";
import "./location-page.css";
import { OpeningPart } from "./opening-part.tsx";
import { ReadersPart } from "./readers-part.tsx";
import { StockPart } from "./stock-part.tsx";
import { TasksPart } from "./tasks-part.tsx";
import { ZonesPart } from "./zones-part.tsx";

/** One store or warehouse: what it is, what is there, and what needs somebody. */
export function LocationPage() {
  const { t } = useTranslation();
  const { locationId = "" } = useParams();
  const locations = useLocations();
  const location = locations.find((each) => each.locationId === locationId);
  return (
    <>
      <PageHead title={t("Location")} />
      <div className="page-body">
        <StaleBanner status={useLiveStatus()} />
        {location === undefined ? (
          locations.length === 0 ? (
            <TableSkeleton label={t("Loading …")} />
          ) : (
            <Notice
              icon="search"
              title={t("No such location")}
              action={<Link to="/map">{t("All locations")}</Link>}
            >
              {t("There is no location {{locationId}}, or you may not see it.", { locationId })}
            </Notice>
          )
        ) : (
          <LocationContent key={locationId} location={location} locations={locations} />
        )}
      </div>
    </>
  );
}

type LocationContentProps = { location: Location; locations: readonly Location[] };

function LocationContent({ location, locations }: LocationContentProps) {
  const { t } = useTranslation();
  const { locationId, kind, latitude, longitude } = location;
  const rows = useLocationRows(locationId);
  const words = useProductWords();
  const names = useMemo(() => placeNames(locations), [locations]);
  const byId = useMemo(() => new Map(locations.map((each) => [each.locationId, each.name])), [locations]);
  const { hasSnapshot } = useLiveStatus();
  const facts = [
    kind === "store" ? t("Store") : t("Warehouse"),
    locationId,
    location.gln === "" ? "" : t("GLN {{gln}}", { gln: location.gln }),
    location.address,
    latitude === null || longitude === null ? "" : `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`,
    location.currency,
  ];
  return (
    <div className="page-scroll" data-testid="location">
      <div className="product-head">
        <div>
          <h2>{location.name}</h2>
          <p className="muted numeric">{facts.filter((fact) => fact !== "").join(" · ")}</p>
        </div>
        <nav className="product-links" aria-label={t("More of this location")}>
          <Link to={`/map?open=${locationId}`}>{t("On the map")}</Link>
          <Link to={`/counts?location=${locationId}`}>{t("Its counts")}</Link>
          <Link to={`/holds?location=${locationId}`}>{t("Its holds")}</Link>
        </nav>
      </div>
      <RowFigures rows={rows} isKnown={hasSnapshot} />
      <div className="page-parts">
        <HoldsPart of={{ location: locationId }} names={names} words={words} />
        <TasksPart locationId={locationId} />
        <ListsPart locationId={locationId} />
      </div>
      <AccuracyPart locationId={locationId} />
      <StockPart locationId={locationId} words={words} locationNames={byId} />
      <div className="page-parts">
        <ZonesPart location={location} />
        <ReadersPart locationId={locationId} />
        <OpeningPart location={location} />
      </div>
      <MovementsPart location={locationId} names={names} words={words} />
    </div>
  );
}

import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Location } from "../../../domain/location.ts";
import { formatShare, formatWhole } from "../format/number.ts";
import type { HeatSums } from "../heat-map/heat-grid.ts";
import { PartNote } from "../ui/page-part.tsx";

type PlaceListProps = {
  locations: readonly Location[];
  sums: ReadonlyMap<string, HeatSums | null>;
  openId: string;
  onOpen: (locationId: string) => void;
};

/** What the map shows, in words: one line a location, by name. The open one has the ways on. */
export function PlaceList({ locations, sums, openId, onOpen }: PlaceListProps) {
  const { t } = useTranslation();
  const lines = locations.toSorted((a, b) => a.name.localeCompare(b.name));
  if (lines.length === 0) return <PartNote>{t("There is no location.")}</PartNote>;
  return (
    <ul className="map-list" aria-label={t("Locations")}>
      {lines.map(({ locationId, name, latitude }) => {
        const sum = sums.get(locationId) ?? null;
        const isOpen = locationId === openId;
        return (
          <li
            key={locationId}
            className={isOpen ? "is-open" : undefined}
            ref={isOpen ? bringIntoView : undefined}
          >
            <button type="button" aria-current={isOpen} onClick={() => onOpen(isOpen ? "" : locationId)}>
              <span className="strong">{name}</span>
              <b className="numeric">{sum === null ? "–" : formatShare(sum.promisable / sum.rows)}</b>
              <span className="muted numeric">
                {sum === null
                  ? t("no stock record")
                  : t("{{units}} available · {{promisable}} of {{rows}} products in stock", {
                      units: formatWhole(sum.available),
                      promisable: formatWhole(sum.promisable),
                      rows: formatWhole(sum.rows),
                    })}
                {latitude === null ? ` · ${t("no coordinates")}` : ""}
              </span>
            </button>
            {isOpen ? (
              <div className="map-ways">
                <Link to={`/locations/${locationId}`}>{t("Its page")}</Link>
                <Link to={`/stock?location=${locationId}`}>{t("Its stock")}</Link>
                <Link to={`/stock?location=${locationId}&state=out_of_stock`}>
                  {t("What is out of stock")}
                </Link>
              </div>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

/** One that is picked on the map may be far down the list. */
function bringIntoView(line: HTMLLIElement | null): void {
  line?.scrollIntoView({ block: "nearest" });
}

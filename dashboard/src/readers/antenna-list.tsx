import { useTranslation } from "react-i18next";
import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import { antennasByZone } from "./assignment.ts";

type AntennaListProps = { reader: ReaderWithHealth; zoneNames: ReadonlyMap<string, string> };

/** The zones a reader looks at, each with its antennas; antennas that were heard and have no zone are marked. */
export function AntennaList({ reader, zoneNames }: AntennaListProps) {
  const { t } = useTranslation();
  const zones = antennasByZone(reader);
  if (zones.length === 0) return <span className="muted">{t("none heard")}</span>;
  return (
    <span className="antennas">
      {zones.map(({ zoneId, antennas }) => (
        <span key={zoneId ?? ""} className={zoneId === null ? "antenna unmapped" : "antenna"}>
          {zoneId === null ? t("No zone") : (zoneNames.get(zoneId) ?? zoneId)}: {antennas.join(", ")}
        </span>
      ))}
    </span>
  );
}

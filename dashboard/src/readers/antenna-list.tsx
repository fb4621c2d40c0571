import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import { assignmentOf } from "./assignment.ts";

/** Each antenna and the zone it looks at; one that was heard and has none is marked. */
export function AntennaList({
  reader,
  zoneNames,
}: {
  reader: ReaderWithHealth;
  zoneNames: ReadonlyMap<string, string>;
}) {
  const { antennas } = assignmentOf(reader);
  const nameOf = (zoneId: string) => zoneNames.get(zoneId) ?? zoneId;
  const fallback = reader.defaultZoneId;
  return (
    <span className="antennas">
      {Object.entries(antennas).map(([antenna, zone]) => {
        const place = zone === "" ? fallback : zone;
        return (
          <span key={antenna} className={place === null ? "antenna unmapped" : "antenna"}>
            {antenna} → {place === null ? "no zone" : nameOf(place)}
          </span>
        );
      })}
      {fallback === null ? null : <span className="antenna">others → {nameOf(fallback)}</span>}
      {fallback === null && Object.keys(antennas).length === 0 ? (
        <span className="muted">none heard</span>
      ) : null}
    </span>
  );
}

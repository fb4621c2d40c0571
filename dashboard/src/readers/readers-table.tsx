import { useTranslation } from "react-i18next";
import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import type { Location } from "../../../domain/location.ts";
import { formatRate, formatWhole } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import "../ui/data-table.css";
import { Sparkline } from "../ui/sparkline.tsx";
import { AntennaList } from "./antenna-list.tsx";
import { MOST_SAMPLES, type RateHistory, readerKey } from "./rate-history.ts";
import { ReaderStatus } from "./reader-status.tsx";
import { warningsOf } from "./reader-warnings.ts";

type ReadersTableProps = {
  readers: readonly ReaderWithHealth[];
  history: RateHistory;
  locations: ReadonlyMap<string, Location>;
  onOpen: (reader: ReaderWithHealth) => void;
};

const NO_SAMPLES: readonly number[] = [];

export function ReadersTable({ readers, history, locations, onOpen }: ReadersTableProps) {
  const { t } = useTranslation();
  return (
    <section className="data-panel" aria-label={t("Readers")}>
      <table className="data-table readers">
        <thead>
          <tr>
            <th scope="col">{t("Reader")}</th>
            <th scope="col">{t("Status")}</th>
            <th scope="col">{t("Last heard")}</th>
            <th scope="col" className="number">
              {t("Reads per second")}
            </th>
            <th scope="col" className="number">
              {t("Reads")}
            </th>
            <th scope="col" className="number">
              {t("Rejected")}
            </th>
            <th scope="col">{t("Antennas")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("Actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {readers.map((reader) => (
            <ReaderLine
              key={readerKey(reader)}
              reader={reader}
              samples={history.get(readerKey(reader)) ?? NO_SAMPLES}
              location={locations.get(reader.locationId)}
              onOpen={() => onOpen(reader)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type ReaderLineProps = {
  reader: ReaderWithHealth;
  samples: readonly number[];
  location: Location | undefined;
  onOpen: () => void;
};

function ReaderLine({ reader, samples, location, onOpen }: ReaderLineProps) {
  const { t } = useTranslation();
  const { health } = reader;
  const rejected = health?.rejected ?? 0;
  const zoneNames = new Map(location?.zones.map((zone) => [zone.zoneId, zone.name]));
  const heardAt = health?.lastHeardAt ?? null;
  const rate = health?.readsPerSecond ?? 0;
  return (
    <tr data-testid="reader">
      <td>
        <div className="reader-name">{reader.name === "" ? reader.readerId : reader.name}</div>
        <div className="muted">
          {location?.name ?? reader.locationId}
          {reader.name === "" ? "" : ` · ${reader.readerId}`}
          {health === null || health.format === "" ? "" : ` · ${health.format}`}
        </div>
      </td>
      <td>
        <div className="reader-state">
          <ReaderStatus reader={reader} />
          {warningsOf(t, health).map((warning) => (
            <Badge key={warning} tone="warn" icon="warning">
              {warning}
            </Badge>
          ))}
        </div>
      </td>
      <td data-label={t("Last heard")}>
        <Age atMs={heardAt === null ? null : Date.parse(heardAt)} />
      </td>
      <td data-label={t("Reads/s")}>
        <span className="reader-rate numeric">
          <Sparkline
            values={samples}
            slots={MOST_SAMPLES}
            label={t("Reads per second over the last two minutes")}
          />
          <span className="reader-rate-value">{formatRate(rate)}</span>
        </span>
      </td>
      <td className="number numeric" data-label={t("Reads")}>
        {formatWhole(health?.reads ?? 0)}
      </td>
      <td className="number numeric" data-label={t("Rejected")}>
        <span className={rejected > 0 ? "reader-rejected" : "muted"}>{formatWhole(rejected)}</span>
      </td>
      <td className="wide">
        <AntennaList reader={reader} zoneNames={zoneNames} />
      </td>
      <td className="number wide">
        <Button onClick={onOpen} aria-label={t("Look at reader {{reader}}", { reader: reader.readerId })}>
          {t("Look")}
        </Button>
      </td>
    </tr>
  );
}

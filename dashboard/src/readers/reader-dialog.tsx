import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import type { Location } from "../../../domain/location.ts";
import type { ReaderHealth } from "../../../domain/reader.ts";
import { formatInstant, formatRate, formatWhole } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { AntennaList } from "./antenna-list.tsx";
import { HeartbeatFacts } from "./heartbeat-facts.tsx";
import "./reader-dialog.css";
import { ReaderNotices } from "./reader-notices.tsx";
import { ReaderStatus } from "./reader-status.tsx";
import { skewWords, warningsOf } from "./reader-warnings.ts";

type ReaderDialogProps = {
  reader: ReaderWithHealth;
  location: Location | undefined;
  onEdit: () => void;
  onClose: () => void;
};

/** One reader: how it is doing, what it lost, its clock and antennas, its last heartbeat, and what happened to it. */
export function ReaderDialog({ reader, location, onEdit, onClose }: ReaderDialogProps) {
  const { t } = useTranslation();
  const { health } = reader;
  const zoneNames = new Map(location?.zones.map((zone) => [zone.zoneId, zone.name]));
  return (
    <Dialog
      title={reader.name === "" ? reader.readerId : reader.name}
      onClose={onClose}
      foot={<Button onClick={onEdit}>{t("Edit zones")}</Button>}
    >
      <div className="reader-view" data-testid="reader-view">
        <div className="reader-state">
          <ReaderStatus reader={reader} />
          {warningsOf(t, health).map((warning) => (
            <Badge key={warning} tone="warn" icon="warning">
              {warning}
            </Badge>
          ))}
        </div>
        <Facts>
          <Fact label={t("Where")}>{location?.name ?? reader.locationId}</Fact>
          <Fact label={t("Id")}>
            <code>{reader.readerId}</code>
          </Fact>
          <Fact label={t("Zones")}>
            <AntennaList reader={reader} zoneNames={zoneNames} />
          </Fact>
          {health === null ? null : <HealthFacts health={health} />}
        </Facts>
        {health === null ? <p className="muted">{t("It was never heard.")}</p> : null}
        {health?.heartbeat == null ? null : <HeartbeatFacts heartbeat={health.heartbeat} />}
        <ReaderNotices reader={reader} />
      </div>
    </Dialog>
  );
}

function HealthFacts({ health }: { health: ReaderHealth }) {
  const { t } = useTranslation();
  const { lastHeardAt, antennasConnected, antennasDisconnected } = health;
  return (
    <>
      <Fact label={t("Last heard")}>
        <Age atMs={lastHeardAt === null ? null : Date.parse(lastHeardAt)} />
        {lastHeardAt === null ? null : (
          <span className="muted numeric"> {formatInstant(Date.parse(lastHeardAt))}</span>
        )}
      </Fact>
      <Fact label={t("Format")}>
        {[health.format === "" ? t("not told") : health.format, health.mode].filter(Boolean).join(" · ")}
      </Fact>
      <Fact label={t("Reads")}>
        {t("{{reads}}, {{rate}} per second", {
          reads: formatWhole(health.reads),
          rate: formatRate(health.readsPerSecond),
        })}
      </Fact>
      <Fact label={t("Lost")}>
        {health.lostMessages === 0
          ? t("none that it numbers or tells of")
          : t("{{number}} messages or reads never came", { number: formatWhole(health.lostMessages) })}
      </Fact>
      <Fact label={t("Rejected")}>
        {health.rejected === 0 ? (
          t("none")
        ) : (
          <Link to={`/dead-letters?location=${health.locationId}`}>{formatWhole(health.rejected)}</Link>
        )}
      </Fact>
      <Fact label={t("Clock")}>
        {health.skewMs === null
          ? t("not measured yet")
          : t("{{skew}}; its reads are corrected", { skew: skewWords(t, health.skewMs) })}
      </Fact>
      {antennasConnected.length + antennasDisconnected.length === 0 ? null : (
        <Fact label={t("Antennas")}>
          {[
            antennasConnected.length === 0
              ? ""
              : t("{{antennas}} connected", { antennas: antennasConnected.join(", ") }),
            antennasDisconnected.length === 0
              ? ""
              : t("{{antennas}} not connected", { antennas: antennasDisconnected.join(", ") }),
          ]
            .filter(Boolean)
            .join("; ")}
        </Fact>
      )}
    </>
  );
}

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
  const { health } = reader;
  const zoneNames = new Map(location?.zones.map((zone) => [zone.zoneId, zone.name]));
  return (
    <Dialog
      title={reader.name === "" ? reader.readerId : reader.name}
      onClose={onClose}
      foot={<Button onClick={onEdit}>Edit zones</Button>}
    >
      <div className="reader-view" data-testid="reader-view">
        <div className="reader-state">
          <ReaderStatus reader={reader} />
          {warningsOf(health).map((warning) => (
            <Badge key={warning} tone="warn" icon="warning">
              {warning}
            </Badge>
          ))}
        </div>
        <Facts>
          <Fact label="Where">{location?.name ?? reader.locationId}</Fact>
          <Fact label="Id">
            <code>{reader.readerId}</code>
          </Fact>
          <Fact label="Zones">
            <AntennaList reader={reader} zoneNames={zoneNames} />
          </Fact>
          {health === null ? null : <HealthFacts health={health} />}
        </Facts>
        {health === null ? <p className="muted">It was never heard.</p> : null}
        {health?.heartbeat == null ? null : <HeartbeatFacts heartbeat={health.heartbeat} />}
        <ReaderNotices reader={reader} />
      </div>
    </Dialog>
  );
}

function HealthFacts({ health }: { health: ReaderHealth }) {
  const { lastHeardAt, antennasConnected, antennasDisconnected } = health;
  return (
    <>
      <Fact label="Last heard">
        <Age atMs={lastHeardAt === null ? null : Date.parse(lastHeardAt)} />
        {lastHeardAt === null ? null : (
          <span className="muted numeric"> {formatInstant(Date.parse(lastHeardAt))}</span>
        )}
      </Fact>
      <Fact label="Format">
        {[health.format === "" ? "not told" : health.format, health.mode].filter(Boolean).join(" · ")}
      </Fact>
      <Fact label="Reads">
        {formatWhole(health.reads)}, {formatRate(health.readsPerSecond)} per second
      </Fact>
      <Fact label="Lost">
        {health.lostMessages === 0
          ? "none that it numbers or tells of"
          : `${formatWhole(health.lostMessages)} messages or reads never came`}
      </Fact>
      <Fact label="Rejected">
        {health.rejected === 0 ? (
          "none"
        ) : (
          <Link to={`/dead-letters?location=${health.locationId}`}>{formatWhole(health.rejected)}</Link>
        )}
      </Fact>
      <Fact label="Clock">
        {health.skewMs === null ? "not measured yet" : `${skewWords(health.skewMs)}; its reads are corrected`}
      </Fact>
      {antennasConnected.length + antennasDisconnected.length === 0 ? null : (
        <Fact label="Antennas">
          {[
            antennasConnected.length === 0 ? "" : `${antennasConnected.join(", ")} connected`,
            antennasDisconnected.length === 0 ? "" : `${antennasDisconnected.join(", ")} not connected`,
          ]
            .filter(Boolean)
            .join("; ")}
        </Fact>
      )}
    </>
  );
}

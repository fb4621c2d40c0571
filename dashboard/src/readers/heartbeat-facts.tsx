import type { ReaderHealth } from "../../../domain/reader.ts";
import { formatWhole } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Fact, Facts } from "../ui/facts.tsx";

type Heartbeat = NonNullable<ReaderHealth["heartbeat"]>;

/** What the reader said of itself; counters are since its start. What it does not tell is left out. */
export function HeartbeatFacts({ heartbeat }: { heartbeat: Heartbeat }) {
  const counters = [
    { words: "tag reads", value: heartbeat.tagReads },
    { words: "errors", value: heartbeat.errors },
    { words: "warnings", value: heartbeat.warnings },
    { words: "dropped messages", value: heartbeat.droppedMessages },
  ].flatMap(({ words, value }) => (value === null ? [] : [`${formatWhole(value)} ${words}`]));
  return (
    <section className="reader-part" aria-label="Last heartbeat">
      <h3>Last heartbeat</h3>
      <Facts>
        <Fact label="Came">
          <Age atMs={Date.parse(heartbeat.at)} />
          {heartbeat.everySeconds === null ? null : (
            <span className="muted"> every {formatWhole(heartbeat.everySeconds)} s</span>
          )}
        </Fact>
        {heartbeat.activity === null ? null : <Fact label="Activity">{heartbeat.activity}</Fact>}
        {heartbeat.uptime === null ? null : <Fact label="Running for">{heartbeat.uptime}</Fact>}
        {heartbeat.temperatureCelsius === null ? null : (
          <Fact label="Temperature">{heartbeat.temperatureCelsius} °C</Fact>
        )}
        {counters.length === 0 ? null : <Fact label="Since its start">{counters.join(", ")}</Fact>}
      </Facts>
    </section>
  );
}

import { useTranslation } from "react-i18next";
import type { ReaderHealth } from "../../../domain/reader.ts";
import { formatWhole } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Fact, Facts } from "../ui/facts.tsx";

type Heartbeat = NonNullable<ReaderHealth["heartbeat"]>;

/** What the reader said of itself; counters are since its start. What it does not tell is left out. */
export function HeartbeatFacts({ heartbeat }: { heartbeat: Heartbeat }) {
  const { t } = useTranslation();
  const counters = [
    told(heartbeat.tagReads, (number) => t("{{number}} tag reads", { number })),
    told(heartbeat.errors, (number) => t("{{number}} errors", { number })),
    told(heartbeat.warnings, (number) => t("{{number}} warnings", { number })),
    told(heartbeat.droppedMessages, (number) => t("{{number}} dropped messages", { number })),
  ].flat();
  return (
    <section className="reader-part" aria-label={t("Last heartbeat")}>
      <h3>{t("Last heartbeat")}</h3>
      <Facts>
        <Fact label={t("Came")}>
          <Age atMs={Date.parse(heartbeat.at)} />
          {heartbeat.everySeconds === null ? null : (
            <span className="muted">
              {" "}
              {t("every {{seconds}} s", { seconds: formatWhole(heartbeat.everySeconds) })}
            </span>
          )}
        </Fact>
        {heartbeat.activity === null ? null : <Fact label={t("Activity")}>{heartbeat.activity}</Fact>}
        {heartbeat.uptime === null ? null : <Fact label={t("Running for")}>{heartbeat.uptime}</Fact>}
        {heartbeat.temperatureCelsius === null ? null : (
          <Fact label={t("Temperature")}>{heartbeat.temperatureCelsius} °C</Fact>
        )}
        {counters.length === 0 ? null : <Fact label={t("Since its start")}>{counters.join(", ")}</Fact>}
      </Facts>
    </section>
  );
}

function told(value: number | null, words: (number: string) => string): string[] {
  return value === null ? [] : [words(formatWhole(value))];
}

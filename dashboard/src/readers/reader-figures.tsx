import { useTranslation } from "react-i18next";
import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import { formatRate, formatWhole } from "../format/number.ts";
import { Figure, Figures } from "../ui/figure.tsx";
import { statusOf } from "./reader-status.tsx";
import { warningsOf } from "./reader-warnings.ts";

/** All readers in six figures. */
export function ReaderFigures({ readers }: { readers: readonly ReaderWithHealth[] }) {
  const { t } = useTranslation();
  const count = (status: string) => readers.filter((reader) => statusOf(reader) === status).length;
  const sum = (pick: (health: NonNullable<ReaderWithHealth["health"]>) => number) =>
    readers.reduce((total, { health }) => total + (health === null ? 0 : pick(health)), 0);
  return (
    <Figures label={t("All readers")}>
      <Figure
        label={t("Online")}
        unit={t("of {{total}}", { total: formatWhole(readers.length) })}
        title={t("Readers heard from of late.")}
      >
        {formatWhole(count("online"))}
      </Figure>
      <Figure
        label={t("Silent or offline")}
        unit={t("readers")}
        title={t("Connected but without reads for a while, or not connected: what they look at ages.")}
      >
        {formatWhole(count("silent") + count("offline"))}
      </Figure>
      <Figure
        label={t("To assign")}
        unit={t("readers")}
        title={t("Heard, but without zones: their reads wait.")}
      >
        {formatWhole(count("unassigned"))}
      </Figure>
      <Figure
        label={t("To look at")}
        unit={t("readers")}
        title={t("Readers that lost messages, whose clock is wrong, or with an antenna that is off.")}
      >
        {formatWhole(readers.filter(({ health }) => warningsOf(t, health).length > 0).length)}
      </Figure>
      <Figure label={t("Reads")} unit={t("per second")} title={t("Tag reads of all readers, per second.")}>
        {formatRate(sum((health) => health.readsPerSecond))}
      </Figure>
      <Figure
        label={t("Rejected")}
        unit={t("in all")}
        title={t("Messages and reads: what could not be understood; it is kept with its reason.")}
      >
        {formatWhole(sum((health) => health.rejected))}
      </Figure>
    </Figures>
  );
}

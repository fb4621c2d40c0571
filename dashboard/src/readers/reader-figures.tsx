import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import { formatRate, formatWhole } from "../format/number.ts";
import { Figure, Figures } from "../ui/figure.tsx";
import { statusOf } from "./reader-status.tsx";
import { warningsOf } from "./reader-warnings.ts";

/** All readers in six figures. */
export function ReaderFigures({ readers }: { readers: readonly ReaderWithHealth[] }) {
  const count = (status: string) => readers.filter((reader) => statusOf(reader) === status).length;
  const sum = (pick: (health: NonNullable<ReaderWithHealth["health"]>) => number) =>
    readers.reduce((total, { health }) => total + (health === null ? 0 : pick(health)), 0);
  return (
    <Figures label="All readers">
      <Figure label="Online" unit={`of ${formatWhole(readers.length)}`} title="Readers heard from of late.">
        {formatWhole(count("online"))}
      </Figure>
      <Figure
        label="Silent or offline"
        unit="readers"
        title="Connected but without reads for a while, or not connected: what they look at ages."
      >
        {formatWhole(count("silent") + count("offline"))}
      </Figure>
      <Figure label="To assign" unit="readers" title="Heard, but without zones: their reads wait.">
        {formatWhole(count("unassigned"))}
      </Figure>
      <Figure
        label="To look at"
        unit="readers"
        title="Readers that lost messages, whose clock is wrong, or with an antenna that is off."
      >
        {formatWhole(readers.filter(({ health }) => warningsOf(health).length > 0).length)}
      </Figure>
      <Figure label="Reads" unit="per second" title="Tag reads of all readers, per second.">
        {formatRate(sum((health) => health.readsPerSecond))}
      </Figure>
      <Figure
        label="Rejected"
        unit="in all"
        title="Messages and reads: what could not be understood; it is kept with its reason."
      >
        {formatWhole(sum((health) => health.rejected))}
      </Figure>
    </Figures>
  );
}

import { ageSeconds, formatAge, freshness } from "../format/age.ts";
import { formatInstant } from "../format/number.ts";
import "./age.css";
import { useNowMs } from "./clock.ts";

type AgeProps = { atMs: number | null; never?: string };

/** Time since something was last seen, ticking. Full disc: within the hour; half: within the day; ring: longer, or never. */
export function Age({ atMs, never = "never" }: AgeProps) {
  const nowMs = useNowMs();
  const seconds = atMs === null ? null : ageSeconds(atMs, nowMs);
  const title = atMs === null ? never : formatInstant(atMs);
  return (
    <span className={`age numeric ${freshness(seconds)}`} title={title}>
      {seconds === null ? never : formatAge(seconds)}
    </span>
  );
}

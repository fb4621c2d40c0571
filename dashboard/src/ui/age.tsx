import { useTranslation } from "react-i18next";
import { ageSeconds, formatAge, freshness } from "../format/age.ts";
import { formatInstant } from "../format/number.ts";
import "./age.css";
import { useNowMs } from "./clock.ts";

type AgeProps = { atMs: number | null; never?: string };

/** Time since something was last seen, ticking. Full disc: within the hour; half: within the day; ring: longer, or never. */
export function Age({ atMs, never }: AgeProps) {
  const { t } = useTranslation();
  const nowMs = useNowMs();
  const neverWords = never ?? t("never");
  const seconds = atMs === null ? null : ageSeconds(atMs, nowMs);
  const title = atMs === null ? neverWords : formatInstant(atMs);
  return (
    <span className={`age numeric ${freshness(seconds)}`} title={title}>
      {seconds === null ? neverWords : formatAge(seconds)}
    </span>
  );
}

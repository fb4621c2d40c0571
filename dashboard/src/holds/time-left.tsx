import { useTranslation } from "react-i18next";
import { formatAge } from "../format/age.ts";
import { formatInstant } from "../format/number.ts";
import { useNowMs } from "../ui/clock.ts";

/** How long a hold still lasts, ticking. */
export function TimeLeft({ until }: { until: string | null }) {
  const { t } = useTranslation();
  const nowMs = useNowMs();
  if (until === null) return <span className="muted">–</span>;
  const untilMs = Date.parse(until);
  const seconds = Math.ceil((untilMs - nowMs) / 1000);
  return (
    <time className="numeric" dateTime={until} title={formatInstant(untilMs)}>
      {seconds <= 0 ? t("over") : formatAge(seconds)}
    </time>
  );
}

import { useTranslation } from "react-i18next";
import { ageSeconds, formatAge } from "../../src/format/age.ts";
import { useNowMs } from "../../src/ui/clock.ts";

/** How many a reader saw in a place, and how long ago. */
export function SeenThere({ units, atMs }: { units: number; atMs: number }) {
  const { t } = useTranslation();
  const age = formatAge(ageSeconds(atMs, useNowMs()));
  return <>{t("{{units}} there, seen {{age}} ago", { units, age })}</>;
}

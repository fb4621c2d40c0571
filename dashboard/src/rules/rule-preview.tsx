import { useTranslation } from "react-i18next";
import { useMemo } from "react";
import type { RuleInput } from "../../../client/rule-calls.ts";
import { formatWhole } from "../format/number.ts";
import { placeNames } from "../item/place-names.ts";
import { useLocations, useProductWords } from "../live/use-master-data.ts";
import { useRulePreview } from "./use-rules.ts";

const MOST_SHOWN = 5;

/** What the rule would change if it were saved now. */
export function RulePreview({ ruleId, rule }: { ruleId: string; rule: RuleInput }) {
  const { t } = useTranslation();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const words = useProductWords();
  const { data, error, isFetching } = useRulePreview(ruleId, rule);
  if (error !== null) return <p className="form-error">{error.message}</p>;
  if (data === undefined) return <p role="status">{t("Looking at what it would change …")}</p>;
  return (
    <div className="rule-preview" aria-busy={isFetching} data-testid="rule-preview">
      <p>
        {data.changed === 0
          ? t("It fits {{covered}} positions and changes what is promised of none right now.", {
              covered: formatWhole(data.covered),
            })
          : t(
              "It changes what {{channel}} is promised of {{changed}} of the {{covered}} positions that it fits:",
              {
                channel: data.channel === "" ? t("everybody") : data.channel,
                changed: formatWhole(data.changed),
                covered: formatWhole(data.covered),
              },
            )}
      </p>
      <ul className="muted numeric">
        {data.items.slice(0, MOST_SHOWN).map(({ gtin, locationId, from, to }) => (
          <li key={`${gtin} ${locationId}`}>
            {words.get(gtin)?.name ?? gtin}, {names.location(locationId)}: {formatWhole(from)} →{" "}
            <strong>{formatWhole(to)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

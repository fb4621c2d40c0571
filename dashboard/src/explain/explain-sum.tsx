import { useTranslation } from "react-i18next";
import type { Explanation } from "../../../domain/explain/explanation.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import { holdWords, ruleWords, TERM_LABELS } from "./explain-words.ts";

/** From the sellable units to the answer: each term, and under it the holds or rules that it is made of. */
export function ExplainSum({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation();
  const { terms, holds, rules, answer } = explanation;
  const rulesOf = (kind: Explanation["rules"][number]["kind"]) => rules.filter((rule) => rule.kind === kind);
  return (
    <div className="why-sum numeric" data-testid="why-sum">
      {terms
        .filter(({ term, units }) => term === "sellable" || units !== 0)
        .map(({ term, units }) => (
          <div key={term}>
            <div className="sum-line">
              <span>{TERM_LABELS[term](t)}</span>
              <span data-testid={`term-${term}`}>{formatWhole(units)}</span>
            </div>
            {term === "reserved" ? <Holds holds={holds} /> : null}
            {term === "safety_stock" ? <Rules rules={rulesOf("safety_stock")} /> : null}
            {term === "allocated" ? <Rules rules={rulesOf("allocation")} /> : null}
            {term === "cap" ? <Rules rules={rulesOf("cap")} /> : null}
          </div>
        ))}
      <div className="sum-line total">
        <span>{t("Available")}</span>
        <span data-testid="why-answer">
          {formatWhole(answer.available)}
          {answer.isCapped ? "+" : ""}
        </span>
      </div>
    </div>
  );
}

function Holds({ holds }: { holds: Explanation["holds"] }) {
  const { t } = useTranslation();
  return (
    <ul className="why-parts muted">
      {holds.map((hold) => {
        const until = hold.expiresAt ?? hold.holdUntil;
        return (
          <li key={hold.reservationId}>
            {holdWords(hold, until === null ? null : formatInstant(Date.parse(until)), t)} ·{" "}
            {hold.reservationId}
          </li>
        );
      })}
    </ul>
  );
}

function Rules({ rules }: { rules: Explanation["rules"] }) {
  const { t } = useTranslation();
  return (
    <ul className="why-parts muted">
      {rules.map((rule) => (
        <li key={rule.ruleId}>
          {ruleWords(rule, t)}
          {rule.note === "" ? "" : `: ${rule.note}`}
        </li>
      ))}
    </ul>
  );
}

import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Explanation, ExplainStep } from "../../../domain/explain/explanation.ts";
import { formatInstant, formatSigned, formatWhole } from "../format/number.ts";
import { itemStateWords } from "../item/item-state-words.ts";
import { Icon } from "../ui/icon.tsx";
import { stepWords } from "./explain-words.ts";

/** The history that the sellable units come from, newest first; at its end what it started from. */
export function ExplainSteps({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation();
  const { steps, opening } = explanation;
  return (
    <ol className="why-steps">
      {[...steps].reverse().map((step, index) => (
        <Step key={`${step.eventId} ${step.sequence ?? "count"} ${steps.length - index}`} step={step} />
      ))}
      <li className="why-step muted" data-testid="why-opening">
        <span className="why-what">{openingWords(opening, t)}</span>
        <span />
        <span className="numeric">{formatWhole(opening.sellable)}</span>
      </li>
    </ol>
  );
}

function Step({ step }: { step: ExplainStep }) {
  const { t } = useTranslation();
  const { icon, words } = stepWords(step, t);
  return (
    <li className="why-step" data-testid="why-step">
      <div className="why-what">
        <Icon name={icon} size={15} />
        <div>
          <span className="strong">{words}</span>
          {step.count === null ? null : (
            <span>
              {" "}
              {t("{{counted}} where {{expected}} were expected", {
                counted: formatWhole(step.count.counted),
                expected: formatWhole(step.count.expected),
              })}
            </span>
          )}
          {step.state === null || step.state === "sellable" ? null : (
            <span> ({itemStateWords(step.state, t)})</span>
          )}
          <div className="muted">
            <time
              className="numeric"
              dateTime={step.occurredAt}
              title={t("recorded {{time}}", { time: formatInstant(Date.parse(step.recordedAt)) })}
            >
              {formatInstant(Date.parse(step.occurredAt))}
            </time>
            {` · ${step.source}`}
            {step.epc === null ? null : (
              <>
                {" · "}
                <Link to={`/items/${step.epc}`}>{t("item")}</Link>
              </>
            )}
            {step.reservationId === null ? null : ` · ${t("reservation {{id}}", { id: step.reservationId })}`}
          </div>
        </div>
      </div>
      <span className="numeric strong">{step.sellable === 0 ? "" : formatSigned(step.sellable)}</span>
      <span className="numeric muted">{formatWhole(step.sellableAfter)}</span>
    </li>
  );
}

function openingWords({ standsFor, lines }: Explanation["opening"], t: TFunction): string {
  if (standsFor === "start") return t("Nothing was known before");
  const said = { count: lines, lines: formatWhole(lines) };
  return standsFor === "last_count"
    ? t("{{lines}} earlier movements, up to the last count", said)
    : t("{{lines}} earlier movements, folded into one line", said);
}

import { Link } from "react-router";
import type { Explanation, ExplainStep } from "../../../domain/explain/explanation.ts";
import { formatInstant, formatSigned, formatWhole } from "../format/number.ts";
import { Icon } from "../ui/icon.tsx";
import { stepWords } from "./explain-words.ts";

/** The history that the sellable units come from, newest first; at its end what it started from. */
export function ExplainSteps({ explanation }: { explanation: Explanation }) {
  const { steps, opening } = explanation;
  return (
    <ol className="why-steps">
      {[...steps].reverse().map((step, index) => (
        <Step key={`${step.eventId} ${step.sequence ?? "count"} ${steps.length - index}`} step={step} />
      ))}
      <li className="why-step muted" data-testid="why-opening">
        <span className="why-what">{openingWords(opening)}</span>
        <span />
        <span className="numeric">{formatWhole(opening.sellable)}</span>
      </li>
    </ol>
  );
}

function Step({ step }: { step: ExplainStep }) {
  const { icon, words } = stepWords(step);
  return (
    <li className="why-step" data-testid="why-step">
      <div className="why-what">
        <Icon name={icon} size={15} />
        <div>
          <span className="strong">{words}</span>
          {step.count === null ? null : (
            <span>
              {" "}
              {formatWhole(step.count.counted)} where {formatWhole(step.count.expected)} were expected
            </span>
          )}
          {step.state === null || step.state === "sellable" ? null : <span> ({step.state})</span>}
          <div className="muted">
            <time
              className="numeric"
              dateTime={step.occurredAt}
              title={`recorded ${formatInstant(Date.parse(step.recordedAt))}`}
            >
              {formatInstant(Date.parse(step.occurredAt))}
            </time>
            {` · ${step.source}`}
            {step.epc === null ? null : (
              <>
                {" · "}
                <Link to={`/items/${step.epc}`}>item</Link>
              </>
            )}
            {step.reservationId === null ? null : ` · reservation ${step.reservationId}`}
          </div>
        </div>
      </div>
      <span className="numeric strong">{step.sellable === 0 ? "" : formatSigned(step.sellable)}</span>
      <span className="numeric muted">{formatWhole(step.sellableAfter)}</span>
    </li>
  );
}

function openingWords({ standsFor, lines }: Explanation["opening"]): string {
  if (standsFor === "start") return "Nothing was known before";
  const folded = `${formatWhole(lines)} earlier ${lines === 1 ? "movement" : "movements"}`;
  return standsFor === "last_count" ? `${folded}, up to the last count` : `${folded}, folded into one line`;
}

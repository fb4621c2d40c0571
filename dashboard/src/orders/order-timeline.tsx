import { useTranslation } from "react-i18next";
import type { Order } from "../../../domain/orders/order.ts";
import type { OrderStep } from "../../../domain/orders/order-step.ts";
import { formatInstant } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import { actorWords, causeWords, eventWords } from "./order-words.ts";

/** All that happened to an order, the newest first: when, who, why. */
export function OrderTimeline({ order, names }: { order: Order; names: PlaceNames }) {
  const { t } = useTranslation();
  const events = eventWords(t);
  const causes = causeWords(t);
  const actors = actorWords(t);
  const placeOf = ({ fulfilmentId }: OrderStep) => {
    const part = order.fulfilments.find((one) => one.fulfilmentId === fulfilmentId);
    return part === undefined || order.fulfilments.length === 1 ? "" : names.location(part.locationId);
  };
  return (
    <ol className="order-timeline">
      {order.timeline.toReversed().map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- steps have no id, and none is ever put between others
        <li key={`${step.recordedAt} ${order.timeline.length - index}`} data-testid="step">
          <span className="strong">{events[step.kind]}</span>
          <span className="muted">
            {[
              step.quantity === undefined ? "" : `${step.quantity} ×`,
              step.cause === undefined ? "" : causes[step.cause],
              placeOf(step),
              `${actors[step.actor.kind]} ${step.actor.kind === "system" ? "" : step.actor.id}`.trim(),
              step.note ?? "",
            ]
              .filter((word) => word !== "")
              .join(" · ")}
          </span>
          <time className="muted numeric" dateTime={step.at}>
            {formatInstant(Date.parse(step.at))}
          </time>
        </li>
      ))}
    </ol>
  );
}

import { useTranslation } from "react-i18next";
import type { ItemHistoryPage, ItemStep } from "../../../domain/api/items.ts";
import { formatInstant } from "../format/number.ts";
import { Icon } from "../ui/icon.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import type { PlaceNames } from "./place-names.ts";
import { StatusBadge } from "./status-badge.tsx";
import { lineWords, stepWords } from "./step-words.ts";
import { useEarlierSteps } from "./use-item.ts";

type ItemLifeListProps = { epc: string; newest: ItemHistoryPage; names: PlaceNames };

/** The steps of an item's life, newest first. */
export function ItemLifeList({ epc, newest, names }: ItemLifeListProps) {
  const { t } = useTranslation();
  const earlier = useEarlierSteps(epc, newest);
  const steps = [...newest.items, ...(earlier.data?.pages.flatMap((page) => page.items) ?? [])];
  if (steps.length === 0) return <p className="muted">{t("Nothing has happened to it that moved stock.")}</p>;
  const hasMore = earlier.data === undefined ? newest.nextCursor !== null : earlier.hasNextPage;
  return (
    <>
      <ol className="life">
        {steps.map((step) => (
          <LifeStep key={`${step.ordinal} ${step.eventId}`} step={step} names={names} />
        ))}
      </ol>
      {earlier.error === null ? null : <p role="alert">{earlier.error.message}</p>}
      {hasMore ? (
        <MoreButton
          shown={steps.length}
          total={null}
          isLoading={earlier.isFetching}
          onMore={() => void (earlier.data === undefined ? earlier.refetch() : earlier.fetchNextPage())}
        />
      ) : null}
    </>
  );
}

function LifeStep({ step, names }: { step: ItemStep; names: PlaceNames }) {
  const { t } = useTranslation();
  const { icon, words } = stepWords(step, t);
  const place = (at: { locationId: string; zoneId: string }) =>
    [names.location(at.locationId), at.zoneId === "" ? "" : names.zone(at.locationId, at.zoneId)]
      .filter((word) => word !== "")
      .join(" · ");
  const isMoved =
    step.from !== null && (step.from.locationId !== step.locationId || step.from.zoneId !== step.zoneId);
  return (
    <li className="life-step" data-testid="step">
      <span className="life-icon">
        <Icon name={icon} size={15} />
      </span>
      <div className="life-what">
        <span className="strong">{words}</span>{" "}
        <span>
          {isMoved && step.from !== null ? `${place(step.from)} → ` : ""}
          {place(step)}
        </span>
        <div className="muted">
          {[step.source, ...step.movements.map((line) => lineWords(line, t))]
            .filter((word) => word !== "")
            .join(" · ")}
        </div>
      </div>
      <StatusBadge status={step.status} />
      <time
        className="muted numeric"
        dateTime={step.occurredAt}
        title={t("recorded {{time}}", { time: formatInstant(Date.parse(step.recordedAt)) })}
      >
        {formatInstant(Date.parse(step.occurredAt))}
      </time>
    </li>
  );
}

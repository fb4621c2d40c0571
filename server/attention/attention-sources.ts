import type { ReaderWithHealth } from "../../domain/api/master-data-answers.ts";
import type { LocationCheck } from "../../domain/api/reconciliation.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import { isOverdue } from "../../domain/tasks/task-clock.ts";
import type { Task } from "../../domain/tasks/task.ts";
import type { WebhookRecord } from "../webhooks/webhook-store.ts";
import { byPlace, type Finding, type Part, worthOf } from "./finding.ts";

const DAY_MS = 24 * 3_600_000;

/** A product's list price; null where it has none. */
export type PriceOf = (gtin: string) => { price: string | null; currency: string };

/**
 * Units that customers did not get, by no wish of theirs: those of the last 24 hours, with why, and those of which the customer was not
 * told. At stake is what they would have paid; an alternative that was taken in their place is no loss.
 */
export function ofOrders(orders: readonly Order[], nowMs: number): Finding[] {
  const notices = orders.flatMap((order) => order.notices.map((notice) => ({ order, notice })));
  const partOf = ({ order, notice }: (typeof notices)[number]): Part => {
    const line = order.lines.find((one) => one.lineId === notice.lineId);
    const isReplaced = notice.replacedBy !== null;
    return {
      locationId: line?.locationId ?? "",
      units: notice.quantity,
      currency: order.currency,
      amount: isReplaced ? null : worthOf(line?.unitPrice ?? null, notice.quantity),
      since: notice.since,
      cause: notice.cause,
    };
  };
  const lately = notices.filter(({ notice }) => nowMs - Date.parse(notice.since) < DAY_MS);
  const untold = notices.filter(({ order, notice }) => order.mustTell && notice.told === null);
  return [
    ...byPlace("customers_untold", untold.map(partOf)),
    ...byPlace("disappointments", lately.map(partOf)),
  ];
}

/** Holds that stock does not cover: units short of their promise, at list price. */
export function ofHolds(holds: readonly Reservation[], priceOf: PriceOf): Finding[] {
  const parts = holds.flatMap((hold) =>
    hold.lines
      .filter((line) => line.atRisk > 0)
      .map(({ locationId, gtin, atRisk }): Part => {
        const { price, currency } = priceOf(gtin);
        return {
          locationId,
          units: atRisk,
          currency,
          amount: worthOf(price, atRisk),
          since: hold.changedAt,
        };
      }),
  );
  return byPlace("holds_at_risk", parts);
}

/** Work that should have been done. `causes` are its kinds. */
export function ofTasks(tasks: readonly Task[], nowMs: number): Finding[] {
  const overdue = tasks.filter((task) => isOverdue(task, nowMs));
  return byPlace(
    "tasks_overdue",
    overdue.map(({ locationId, dueAt, createdAt, kind, lines }) => ({
      locationId,
      units: lines.reduce((sum, line) => sum + line.quantity, 0),
      currency: "",
      amount: null,
      since: dueAt ?? createdAt,
      cause: kind,
    })),
  );
}

/**
 * Assigned readers that were heard and are not any more: what they would see moves no stock. One without heartbeats that is quiet for
 * minutes is none, since no tag may be near it; nor is one that was never heard, which somebody is still putting up.
 */
export function ofReaders(readers: readonly ReaderWithHealth[]): Finding[] {
  const parts = readers.flatMap(({ locationId, readerId, isAssigned, health }): Part[] => {
    if (!isAssigned || health === null || health.lastHeardAt === null) return [];
    const isMissed = health.status === "offline" || (health.status === "silent" && health.heartbeat !== null);
    if (!isMissed) return [];
    return [{ locationId, units: 0, currency: "", amount: null, since: health.lastHeardAt, cause: readerId }];
  });
  return byPlace("readers_silent", parts).map((finding) => Object.assign(finding, { units: null }));
}

/** Locations whose numbers in memory are not those of the ledger, or could not be checked. */
export function ofChecks(checks: readonly LocationCheck[]): Finding[] {
  return checks
    .filter(({ outcome }) => outcome === "different" || outcome === "failed")
    .map((check) => ({
      kind: "ledger_differs",
      locationId: check.locationId,
      count: Math.max(1, check.differences),
      units: null,
      atStake: [],
      since: check.checkedAt,
      causes: [{ cause: check.outcome, count: 1 }],
    }));
}

/** Webhooks that were switched off because they failed, and those that fail now. */
export function ofWebhooks(webhooks: readonly WebhookRecord[]): Finding[] {
  const failing = webhooks.filter(
    ({ failingSince, disabledReason }) =>
      failingSince !== null || (disabledReason !== null && disabledReason !== "by_person"),
  );
  if (failing.length === 0) return [];
  const since = failing
    .flatMap(({ failingSince }) => (failingSince === null ? [] : [failingSince]))
    .sort()[0];
  return [
    {
      kind: "webhooks_failing",
      locationId: null,
      count: failing.length,
      units: null,
      atStake: [],
      since: since ?? null,
      causes: [],
    },
  ];
}

import { quantileOf, ratioOf } from "./sale-line.ts";

export type EventStatus = "accepted" | "duplicate" | "late" | "rejected";

/** I15: from a read's time to its availability, in seconds; what came twice, late, or was refused. */
export function freshness(delaysMs: readonly number[], statuses: readonly EventStatus[]) {
  const seconds = delaysMs.map((ms) => ms / 1000);
  const of = (status: EventStatus) => statuses.filter((one) => one === status).length;
  return {
    changes: seconds.length,
    seconds_p50: quantileOf(seconds, 0.5),
    seconds_p99: quantileOf(seconds, 0.99),
    events: of("accepted"),
    duplicates: of("duplicate"),
    late: of("late"),
    rejected: of("rejected"),
    duplicate_share: ratioOf(of("duplicate"), statuses.length),
    late_share: ratioOf(of("late"), statuses.length),
    rejected_share: ratioOf(of("rejected"), statuses.length),
  };
}

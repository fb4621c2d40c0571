/**
 * What looks have made of one item: `seen` looks saw it, `missed` did not though it was there (it was seen again later), and `rate`
 * is the share of looks that see an item of its product in its zone.
 */
export type LookRecord = { seen: number; missed: number; rate: number };

/**
 * How much the rate of its zone and product says of an item before it has a record of its own, in looks. Little: of the
 * tags in one place a reader sees some each time and others hardly ever (rfid.md 4.6).
 */
const RATE_WEIGHT = 1;

/** The share of looks that should see the item. It was seen once at least: else it would not be there. */
export function probabilityOfSight(record: LookRecord): number {
  const { seen, missed } = strengthOf(record);
  return seen / (seen + missed);
}

/**
 * P(absent | r looks in a row missed it) = a / (a + (1 − a) · M(r)), where a is the prior. With a known share q of looks that see it
 * M(r) = (1 − q)^r. Here q is as uncertain as its record is short, Beta(s, m) with s looks that saw it and m that did not:
 * M(r) = E[(1 − q)^r] = Γ(m + r) Γ(s + m) / (Γ(m) Γ(s + m + r)). So a tag seen in twenty looks out of twenty is missed
 * after few, and one seen now and then only after very many. `looks` need not be whole.
 */
export function probabilityOfAbsence(prior: number, record: LookRecord, looks: number): number {
  if (looks <= 0) return prior;
  return prior / (prior + (1 - prior) * missedByAll(record, looks));
}

/** M(r): the probability that r looks in a row miss an item that is there. */
export function missedByAll(record: LookRecord, looks: number): number {
  if (looks <= 0) return 1;
  const { seen: s, missed: m } = strengthOf(record);
  return Math.exp(logGamma(m + looks) - logGamma(m) + logGamma(s + m) - logGamma(s + m + looks));
}

function strengthOf({ seen, missed, rate }: LookRecord): { seen: number; missed: number } {
  return { seen: RATE_WEIGHT * rate + 1 + seen, missed: RATE_WEIGHT * (1 - rate) + missed };
}

/** ln Γ(x) for x > 0: Stirling's series after shifting x beyond 7; the error is below 1e-9. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 7) {
    shift += Math.log(z);
    z += 1;
  }
  const inverse = 1 / z;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

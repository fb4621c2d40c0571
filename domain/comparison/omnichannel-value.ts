import { type Comparison, compareMatched } from "./compare-matched.ts";

/** A person, all merged records together. */
export type ChannelCustomer = {
  /** In how many channels the person has bought. */
  channels: number;
  /** Month of the first purchase of all time, as 2026-03. */
  cohort: string;
  /** Days from the first purchase to the last one. Time since the first purchase is the cohort already. */
  tenureDays: number;
  /** Historic lifetime value (K1): net revenue, or gross margin. */
  value: number;
};

export type OmnichannelValue = { plain: Comparison; matched: Comparison; warning: string };

export const OMNICHANNEL_WARNING =
  "Loyal shoppers select themselves: who buys often has more occasions to use a second channel. " +
  "The matched ratio compares people of the same first month and a like time as customers; it does not say that a second channel made them worth more.";

/** People who have been customers for a like time are compared: first to last purchase within so many days of each other. */
const TENURE_BAND_DAYS = 90;

/**
 * K3: mean value of customers with two or more channels ÷ that of customers with exactly one; once plain, once matched on the
 * month of the first purchase and the tenure in bands of 90 days. Both with n and a bootstrap interval (`compareMatched`).
 */
export function omnichannelValue(
  customers: Iterable<ChannelCustomer>,
  options: { seed?: number; resamples?: number; confidence?: number; tenureBandDays?: number } = {},
): OmnichannelValue {
  const { tenureBandDays = TENURE_BAND_DAYS, ...bootstrap } = options;
  const known = [...customers].filter(({ channels }) => channels >= 1);
  const compare = (stratumOf: (customer: ChannelCustomer) => string) =>
    compareMatched(
      known.map((customer) => ({
        stratum: stratumOf(customer),
        isTreated: customer.channels >= 2,
        value: customer.value,
      })),
      { statistic: "ratio", ...bootstrap },
    );
  return {
    plain: compare(() => ""),
    matched: compare(({ cohort, tenureDays }) => `${cohort}/${Math.floor(tenureDays / tenureBandDays)}`),
    warning: OMNICHANNEL_WARNING,
  };
}

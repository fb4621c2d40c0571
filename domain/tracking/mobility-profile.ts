import type { TrackingSettings } from "./tracking-settings.ts";

/** How much the margin for a change of place shrinks while the old place is silent (as in EdgeX's and RSP's). */
export type MobilityProfile = Pick<
  TrackingSettings,
  "mobilityThresholdDb" | "mobilityHoldoffMs" | "mobilitySlopeDbPerMs"
>;

/**
 * The dB by which another place must be stronger after `silenceMs` without a read at the old one:
 * min(threshold, slope · silence + b), b = threshold − slope · holdoff. Negative after long silence: then a weaker place wins.
 */
export function marginDb(profile: MobilityProfile, silenceMs: number): number {
  const { mobilityThresholdDb: threshold, mobilitySlopeDbPerMs: slope } = profile;
  return Math.min(threshold, slope * (silenceMs - profile.mobilityHoldoffMs) + threshold);
}

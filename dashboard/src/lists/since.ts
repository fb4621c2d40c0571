/** How far back a list looks. */
export const SINCE_CHOICES = [
  { id: "1h", label: "Last hour", hours: 1 },
  { id: "24h", label: "Last 24 hours", hours: 24 },
  { id: "7d", label: "Last 7 days", hours: 168 },
] as const;
export type SinceId = (typeof SINCE_CHOICES)[number]["id"];
const DEFAULT_SINCE: SinceId = "24h";

export function parseSince(text: string | null): SinceId {
  return SINCE_CHOICES.find((choice) => choice.id === text)?.id ?? DEFAULT_SINCE;
}

/** The instant, to the minute, so that a query asked twice is the same question. */
export function sinceInstant(id: SinceId, nowMs: number): string {
  const hours = SINCE_CHOICES.find((choice) => choice.id === id)?.hours ?? 24;
  return new Date(Math.floor(nowMs / 60_000) * 60_000 - hours * 3_600_000).toISOString();
}

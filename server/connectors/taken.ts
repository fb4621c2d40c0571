import type { ConnectorMessage, OrderProgress } from "../../domain/connectors/connector.ts";
import type { ConnectorRecord } from "./connector-store.ts";

/** What became of a message. */
export type Taken = Pick<ConnectorMessage, "code" | "detail" | "unmatched" | "progress"> & {
  status: "done" | "ignored" | "stale" | "held";
};

const NOTHING = { code: null, detail: null, unmatched: [], progress: null };

export const done = (progress: OrderProgress | null = null): Taken => ({
  ...NOTHING,
  status: "done",
  progress,
});
export const ignored = (detail: string, progress: OrderProgress | null = null): Taken => ({
  ...NOTHING,
  status: "ignored",
  detail,
  progress,
});
export const stale = (detail: string): Taken => ({ ...NOTHING, status: "stale", detail });
export const held = (code: string, detail: string, more: Partial<Taken> = {}): Taken => ({
  ...NOTHING,
  status: "held",
  code,
  detail: detail.slice(0, 1000),
  ...more,
});

/** Our location for one of theirs: null where it is none of ours, undefined where nobody has said. */
export function locationOf(connector: ConnectorRecord, locationCode: string): string | null | undefined {
  return connector.locations[locationCode];
}

export function notMapped(locationCode: string): Taken {
  return held(
    "location_not_mapped",
    `Nobody has said which of our locations ${locationCode} is: add it to \`locations\`, as null if it is none of ours.`,
  );
}

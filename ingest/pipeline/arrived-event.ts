import type { UnderstoodStock, UnderstoodTill } from "../adapters/understood.ts";

/** A till's or another system's event with what its topic says of it. */
export type ArrivedEvent = {
  locationId: string;
  /** Topic after the location, for example `pos/T01`. */
  source: string;
  topic: string;
  /** Whom the receipt is for. */
  client: string;
  nowMs: number;
} & ({ kind: "till"; event: UnderstoodTill } | { kind: "stock"; event: UnderstoodStock });

/** A row of the ledger, as far as an EPCIS event is made of it. Times are Unix milliseconds. */
export type LedgerRow = {
  locationId: string;
  ordinal: number;
  eventId: string;
  eventType: string;
  source: string;
  body: string;
  occurredAtMs: number;
  recordedAtMs: number;
  movements: readonly { gtin: number; quantity: number; reason: string; epc: string }[];
  items: readonly { epc: string; zoneId: string; status: string }[];
};

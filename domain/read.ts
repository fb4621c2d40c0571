/**
 * One tag read as every adapter hands it on, whatever the vendor's units were.
 * `epcHex` upper case; `observedAtMs` Unix milliseconds, the reader's own time of the last sight; `rssiDbm` dBm or NaN;
 * `antenna` the reader's own number or -1; `readerId` from the payload, or null where only the topic names it.
 */
export type TagRead = {
  epcHex: string;
  observedAtMs: number;
  rssiDbm: number;
  antenna: number;
  readerId: string | null;
  readCount: number;
};

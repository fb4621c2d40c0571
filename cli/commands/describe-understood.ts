import { decodeEpc } from "../../domain/epc/decode-epc.ts";
import { parseEpcHex } from "../../domain/epc/hex.ts";
import type { TagRead } from "../../domain/read.ts";
import type { Understood } from "../../ingest/adapters/understand-message.ts";

/** A read for people and programs: what is absent is null, times are RFC 3339, the tag stands decoded beside its hex. */
export type InspectedRead = {
  epcHex: string;
  observedAt: string;
  rssiDbm: number | null;
  antenna: number | null;
  readerId: string | null;
  readCount: number;
  scheme: string | null;
  gtin14: string | null;
  pureIdentityUri: string | null;
  /** Why the tag names no item; null where it does. */
  epcCode: string | null;
};

/** The verdict on one file. `ok` false: something in it was refused. */
export type Inspection = {
  input: string;
  ok: boolean;
  topic: string | null;
  kind: Understood["kind"];
  reads: InspectedRead[];
  refused: { index: number; code: string; detail: string }[];
} & Record<string, unknown>;

export function describeUnderstood(input: string, topic: string, understood: Understood): Inspection {
  const base = { input, ok: true, topic, kind: understood.kind, reads: [], refused: [] };
  switch (understood.kind) {
    case "reads": {
      const { format, refused, mode, eventRuns } = understood;
      const reads = understood.reads.map(describeRead);
      return {
        ...base,
        ok: refused.length === 0,
        format,
        ...(mode === "" ? {} : { mode }),
        ...(eventRuns.length === 0
          ? {}
          : { eventNumbers: eventRuns.map(({ first, last }) => [first, last]) }),
        reads,
        refused,
        signs: understood.signs.map(withTime),
      };
    }
    case "till":
    case "stock":
      return { ...base, event: understood.event };
    case "control":
    case "heartbeat":
    case "readerOffline":
      return { ...base, ...withTime(understood) };
    case "rejected": {
      const { code, detail, eventId } = understood;
      return { ...base, ok: false, code, detail, eventId };
    }
    default:
      return understood satisfies never;
  }
}

function withTime<T extends { atMs: number }>(sign: T): Omit<T, "atMs"> & { at: string } {
  const { atMs, ...rest } = sign;
  return { ...rest, at: new Date(atMs).toISOString() };
}

function describeRead(read: TagRead): InspectedRead {
  const hex = parseEpcHex(read.epcHex);
  const epc = hex.ok ? decodeEpc(hex.value) : null;
  return {
    epcHex: read.epcHex,
    observedAt: new Date(read.observedAtMs).toISOString(),
    rssiDbm: Number.isNaN(read.rssiDbm) ? null : read.rssiDbm,
    antenna: read.antenna < 0 ? null : read.antenna,
    readerId: read.readerId,
    readCount: read.readCount,
    scheme: epc?.scheme ?? null,
    gtin14: epc?.ok === true ? epc.gtin14 : null,
    pureIdentityUri: epc?.ok === true ? epc.pureIdentityUri : null,
    epcCode: epc?.ok === false ? epc.code : null,
  };
}

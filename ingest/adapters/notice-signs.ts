import type { ConnectionSign } from "./connection-text.ts";
import type { Understood } from "./understood.ts";

/** A reader, or what speaks for it, says that it came or went. */
export function connectionNotice(sign: ConnectionSign, detail: string, atMs: number): Understood {
  if (sign === "offline") return { kind: "readerOffline", detail, atMs, readerId: null, eventRuns: [] };
  return notice("connected", detail, atMs);
}

/** An empty payload clears a retained message; keep-alives and batches may be empty too. */
export function emptyNotice(atMs: number): Understood {
  return notice("empty", "nothing in it", atMs);
}

function notice(control: string, detail: string, atMs: number): Understood {
  return {
    kind: "control",
    control,
    format: "text",
    detail,
    atMs,
    isReaderTime: false,
    readerId: null,
    level: "info",
    antenna: -1,
    lostReads: 0,
    eventRuns: [],
  };
}

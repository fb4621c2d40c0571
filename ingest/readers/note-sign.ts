import type { ReaderNotice } from "../../domain/reader.ts";
import type { ControlSign, HeartbeatSign, ReaderSign } from "../adapters/understood.ts";
import type { ReaderState } from "./reader-state.ts";

type Note = (kind: ReaderNotice["kind"], detail: string, count?: number) => void;

const MAX_ANTENNAS = 64;
/** A longer pause is no rhythm of heartbeats. */
const MAX_HEARTBEAT_EVERY_MS = 3_600_000;

/** Takes what a reader says of itself into its state, and notes what people should know. `receivedAtMs` Unix ms. */
export function noteSign(state: ReaderState, sign: ReaderSign, receivedAtMs: number, note: Note): void {
  switch (sign.kind) {
    case "readerOffline":
      if (!state.isOffline) note("offline", sign.detail);
      state.isOffline = true;
      return;
    case "heartbeat":
      noteHeartbeat(state, sign, receivedAtMs, note);
      return;
    case "control":
      noteControl(state, sign, note);
      return;
    default:
      return sign satisfies never;
  }
}

function noteHeartbeat(state: ReaderState, sign: HeartbeatSign, receivedAtMs: number, note: Note): void {
  const everyMs = receivedAtMs - state.heartbeatAtMs;
  if (state.heartbeat !== null && everyMs > 0 && everyMs <= MAX_HEARTBEAT_EVERY_MS)
    state.heartbeatEveryMs = everyMs;
  const before = state.heartbeat;
  state.heartbeat = sign;
  state.heartbeatAtMs = receivedAtMs;
  for (const antenna of sign.antennasConnected) setAntenna(state, antenna, true, note);
  for (const antenna of sign.antennasDisconnected) setAntenna(state, antenna, false, note);
  noteDropped(state, before?.numDropped ?? null, sign.numDropped, note);
  const errors = growth(before?.numErrors ?? null, sign.numErrors);
  if (errors > 0) note("error", "the reader's counter of errors rose", errors);
}

/** A counter that falls was set anew when the reader started. */
function growth(before: number | null, now: number | null): number {
  if (before === null || now === null) return 0;
  return now >= before ? now - before : now;
}

function noteDropped(state: ReaderState, before: number | null, now: number | null, note: Note): void {
  const dropped = growth(before, now);
  if (dropped === 0) return;
  state.lostMessages += dropped;
  note("dropped_messages", "the reader threw away messages that it could not send", dropped);
}

function noteControl(state: ReaderState, sign: ControlSign, note: Note): void {
  const { control, detail, lostReads } = sign;
  if (control === "overflow") {
    state.lostMessages += lostReads ?? 0;
    note(
      "overflow",
      lostReads === null ? "the reader lost reads, it does not say how many" : detail,
      lostReads ?? 0,
    );
  } else if (control === "antennaConnected" || control === "antennaDisconnected") {
    if (sign.antenna >= 0) setAntenna(state, sign.antenna, control === "antennaConnected", note);
  } else if (control === "hello") note("restarted", detail);
  else if (control === "firmwareUpdateProgress") note("firmware_update", detail);
  else if (sign.level === "error") note("error", detail);
  else if (sign.level === "warning") note("warning", detail);
}

function setAntenna(state: ReaderState, antenna: number, isConnected: boolean, note: Note): void {
  const before = state.antennas.get(antenna);
  if (before === undefined && state.antennas.size >= MAX_ANTENNAS) return;
  state.antennas.set(antenna, isConnected);
  // Most readers have empty ports: only a change is news.
  if (before !== undefined && before !== isConnected)
    note(isConnected ? "antenna_connected" : "antenna_disconnected", `antenna ${antenna}`);
}

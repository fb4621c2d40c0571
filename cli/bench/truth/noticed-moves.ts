import type { ItemState, LedgerEvent } from "../../../domain/ledger/ledger-event.ts";
import type { Stay, TrueHistory } from "./true-history.ts";

/** A unit that rests for less than this in a zone is on its way through it; nobody asks when that was noticed. */
const RESTS_MS = 120_000;

type Open = { stay: Stay; noticedMs: number | null };

/** How long it took to notice, in ms; Infinity where it was not noticed before the next move or the end. */
export type Delays = { moves: number[]; losses: number[] };

/** Times how long a ledger takes to have a moved item in its new zone or location, and a stolen one out of stock. */
export function createNoticedMoves(history: TrueHistory) {
  const open = new Map<string, Open>();
  const stolen = new Map<string, Open>();
  const delays: Delays = { moves: [], losses: [] };

  const close = (identity: string, nowMs: number): void => {
    const move = open.get(identity);
    if (move === undefined) return;
    open.delete(identity);
    if (nowMs - move.stay.atMs < RESTS_MS) return;
    delays.moves.push(move.noticedMs === null ? Infinity : Math.max(0, move.noticedMs - move.stay.atMs));
  };
  const isNoticed = ({ stay }: Open, item: ItemState): boolean =>
    item.status === "present" && item.locationId === stay.locationId && item.zoneId === stay.zoneId;

  return {
    /** A unit is elsewhere now. Where it was put before the start is no move. */
    moved(
      identity: string,
      stay: Stay,
      isStolen: boolean,
      nowMs: number,
      known: ItemState | undefined,
    ): void {
      close(identity, nowMs);
      if (nowMs === 0) return;
      const move = { stay, noticedMs: null };
      if (isStolen && known !== undefined) stolen.set(identity, move);
      else if (stay.locationId !== "") open.set(identity, move);
      if (known !== undefined && isNoticed(move, known)) open.delete(identity);
    },
    told(event: LedgerEvent, nowMs: number): void {
      for (const item of event.items) {
        const move = open.get(item.epc);
        if (move !== undefined && move.noticedMs === null && isNoticed(move, item)) move.noticedMs = nowMs;
        const loss = stolen.get(item.epc);
        const isOut = item.status === "left" || item.status === "missing";
        if (loss !== undefined && loss.noticedMs === null && isOut) loss.noticedMs = nowMs;
      }
    },
    end(nowMs: number): Delays {
      for (const identity of open.keys()) close(identity, nowMs);
      for (const { stay, noticedMs } of stolen.values()) {
        if (nowMs - stay.atMs < RESTS_MS) continue;
        delays.losses.push(noticedMs === null ? Infinity : Math.max(0, noticedMs - stay.atMs));
      }
      return delays;
    },
    history,
  };
}

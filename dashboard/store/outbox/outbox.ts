import { type BackOff, backOffDelayMs } from "../../../client/stream/back-off.ts";
import { judgeFailure, MOST_FAILURES, type Verdict } from "./judge-failure.ts";
import type { Action, OutboxEntry, OutboxStorage } from "./outbox-entry.ts";

const WAITS: BackOff = { firstMs: 500, longestMs: 15_000 };

/** Whose actions may be sent now: null when nobody is signed in; those of all locations where `locationId` is null. */
export type SenderRights = { locationId: string | null } | null;

export type OutboxDeps = {
  storage: OutboxStorage;
  /** The task that the action is for; null when there is none, and what the action was to do is done. */
  resolve(entry: OutboxEntry): Promise<string | null>;
  /** One attempt, with the entry's key. Rejects with an `ApiProblem`. */
  send(entry: OutboxEntry, taskId: string): Promise<void>;
  /** Told of every verdict on an attempt, after what it means is kept. */
  onFailure(entry: OutboxEntry, error: unknown, verdict: Verdict): Promise<void>;
  rights(): SenderRights;
  /** Runs `work` while no other page of this browser does, and waits for that. */
  alone(work: () => Promise<void>): Promise<void>;
  /** Entries are others than before. */
  onChanged(): Promise<void>;
  after(ms: number, work: () => void): () => void;
  random(): number;
};

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Sends what somebody did, each action once and all in the order in which they were done. An action is kept before anything is
 * said of it, sent with one key for ever, and forgotten only when the server has answered or somebody has read its refusal. What
 * the server refuses does not hold up what comes after it: that was done in the store all the same, and the server judges each.
 */
export function createOutbox(deps: OutboxDeps) {
  const { storage } = deps;
  let isStopped = true;
  let isDraining = false;
  let isWanted = false;
  let attempts = 0;
  let cancelRetry: (() => void) | null = null;

  /** One attempt for the first action that may be sent. @returns what to wait for; null when there is none or nothing to send. */
  async function sendNext(): Promise<{ isMore: boolean; retryMs: number | null }> {
    const rights = deps.rights();
    if (rights === null || isStopped) return { isMore: false, retryMs: null };
    const mine = ({ refusal, locationId }: OutboxEntry) =>
      refusal === null && (rights.locationId === null || locationId === rights.locationId);
    const entry = (await storage.entries()).find(mine);
    if (entry === undefined) return { isMore: false, retryMs: null };
    try {
      const taskId = entry.sentTo ?? (await deps.resolve(entry));
      if (taskId !== null) {
        if (entry.sentTo === null) await storage.put({ ...entry, sentTo: taskId });
        await deps.send(entry, taskId);
      }
      await storage.remove(entry.seq);
    } catch (error) {
      return await takeFailure(entry, error);
    }
    attempts = 0;
    await deps.onChanged();
    return { isMore: true, retryMs: null };
  }

  async function takeFailure(entry: OutboxEntry, error: unknown) {
    const verdict = judgeFailure(error);
    const current = (await storage.entries()).find(({ seq }) => seq === entry.seq);
    if (current !== undefined) await keepVerdict(current, verdict);
    await deps.onFailure(entry, error, verdict);
    await deps.onChanged();
    switch (verdict.kind) {
      case "taken":
      case "refused":
        attempts = 0;
        return { isMore: true, retryMs: null };
      case "signed_out":
        return { isMore: false, retryMs: null };
      case "later":
      case "failed": {
        const ownMs = backOffDelayMs(attempts, deps.random(), WAITS);
        attempts += 1;
        const askedMs = verdict.kind === "later" ? verdict.retryAfterMs : null;
        return { isMore: false, retryMs: askedMs ?? ownMs };
      }
      default:
        return verdict satisfies never;
    }
  }

  async function keepVerdict(entry: OutboxEntry, verdict: Verdict): Promise<void> {
    if (verdict.kind === "taken") return await storage.remove(entry.seq);
    if (verdict.kind === "refused") return await storage.put({ ...entry, refusal: verdict.refusal });
    if (verdict.kind !== "failed") return;
    const failures = entry.failures + 1;
    const refusal = failures >= MOST_FAILURES ? verdict.refusal : null;
    await storage.put({ ...entry, failures, refusal });
  }

  async function drain(): Promise<void> {
    let retryMs: number | null = null;
    await deps.alone(async () => {
      for (let isMore = true; isMore; ) ({ isMore, retryMs } = await sendNext());
    });
    if (retryMs !== null && !isStopped) cancelRetry = deps.after(retryMs, wake);
  }

  /** Sends what waits, now. Any number of calls while it runs make one more run. */
  function wake(): void {
    isWanted = true;
    if (isDraining || isStopped) return;
    isDraining = true;
    void (async () => {
      try {
        while (isWanted) {
          isWanted = false;
          cancelRetry?.();
          cancelRetry = null;
          await drain();
        }
      } catch {
        // What is kept can't be read now; it is still kept.
        if (!isStopped) cancelRetry = deps.after(WAITS.longestMs, wake);
      } finally {
        isDraining = false;
      }
    })();
  }

  return {
    start(): void {
      isStopped = false;
      wake();
    },
    stop(): void {
      isStopped = true;
      cancelRetry?.();
    },
    /** Resolves when the action is kept, wherever the network is. */
    async add(action: Action): Promise<void> {
      await storage.append(action);
      await deps.onChanged();
      wake();
    },
    wake,
    /** Somebody has read why an action was not taken: it is forgotten. */
    async acknowledge(seq: number): Promise<void> {
      const entry = (await storage.entries()).find((one) => one.seq === seq);
      if (entry === undefined || entry.refusal === null) return;
      await storage.remove(seq);
      await deps.onChanged();
    },
    /** Sends a refused action once more, as the same request. */
    async sendAgain(seq: number): Promise<void> {
      const entry = (await storage.entries()).find((one) => one.seq === seq);
      if (entry === undefined || entry.refusal === null) return;
      await storage.put({ ...entry, refusal: null, failures: 0 });
      await deps.onChanged();
      wake();
    },
  };
}

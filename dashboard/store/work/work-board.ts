import { ApiProblem } from "../../../client/api-problem.ts";
import { createIdempotencyKey } from "../../../client/idempotency-key.ts";
import type { OnhandClient } from "../../../client/onhand-client.ts";
import type { Actor } from "../../../domain/orders/order-step.ts";
import { isLiveTask, type TaskAnswer } from "../../../domain/tasks/task.ts";
import { createOutbox } from "../outbox/outbox.ts";
import type { Action, OutboxEntry, Refusal, StoreCommand, Target } from "../outbox/outbox-entry.ts";
import type { DeviceFacts } from "./device-facts.ts";
import { knownTask, type KnownTask } from "./known-task.ts";
import { type BoardTask, decideHere, projectTasks } from "./project-tasks.ts";
import { readTasks, resolveTarget, sendAction, taskOfProblem } from "./server-tasks.ts";
import type { StoreDatabase } from "./store-database.ts";

/** `offline`: the server can't be reached; `signed_out`: it can, and does not know who asks. */
export type Connection = "connecting" | "live" | "offline" | "signed_out";

/** Everything that the pages show. `problem`: why the tasks could not be read though the server was reached. */
export type Work = {
  connection: Connection;
  offlineSinceMs: number | null;
  facts: DeviceFacts;
  tasks: readonly BoardTask[];
  entries: readonly OutboxEntry[];
  hasTasks: boolean;
  problem: ApiProblem | null;
};

/** What somebody wants to do. */
export type Wish = { board: BoardTask; command: StoreCommand; body: Record<string, unknown>; words: string };

export type WorkBoard = ReturnType<typeof createWorkBoard>;

const REFRESH_SOON_MS = 150;

/**
 * The store's work on this device: the tasks last heard of, the outbox, and the two of them together. Reads and sends when it can, and
 * shows what it has when it can't.
 */
export function createWorkBoard(deps: {
  client: OnhandClient;
  database: StoreDatabase;
  facts: DeviceFacts;
  alone(work: () => Promise<void>): Promise<void>;
  /** Other pages of this browser have to read again what is kept. */
  tellOthers(): void;
  nowMs(): number;
}) {
  const { client, database } = deps;
  const listeners = new Set<() => void>();
  let known: KnownTask[] = [];
  /** Pressed and not yet kept: shown at once, so that a second press finds it done. */
  let storing: Action[] = [];
  let refreshing: Promise<void> | null = null;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  let work: Work = {
    connection: "connecting",
    offlineSinceMs: null,
    facts: deps.facts,
    tasks: [],
    entries: [],
    hasTasks: false,
    problem: null,
  };

  function set(patch: Partial<Work>): void {
    work = { ...work, ...patch };
    const entries = [...work.entries, ...storing.map(asEntry)];
    work.tasks = projectTasks(known, entries, selfOf(work.facts));
    for (const listener of listeners) listener();
  }

  async function reload(): Promise<void> {
    const [entries, tasks] = await Promise.all([database.outbox.entries(), database.tasks()]);
    known = tasks;
    set({ entries });
  }

  async function keepFacts(patch: Partial<DeviceFacts>): Promise<void> {
    const facts = { ...work.facts, ...patch };
    set({ facts });
    await database.putFacts(facts);
  }

  function heard(): void {
    const lastHeardAtMs = deps.nowMs();
    const facts = { ...work.facts, lastHeardAtMs };
    set({ connection: "live", offlineSinceMs: null, facts });
    void database.putFacts(facts);
  }

  function notHeard(error: unknown): void {
    const { status } = error instanceof ApiProblem ? error : { status: 0 };
    if (status === 401) return set({ connection: "signed_out" });
    const isAway = status === 0 || status === 502 || status === 503 || status === 504;
    if (!isAway || work.connection === "offline") return;
    set({ connection: "offline", offlineSinceMs: work.facts.lastHeardAtMs ?? deps.nowMs() });
  }

  const outbox = createOutbox({
    storage: database.outbox,
    rights() {
      const { session } = work.facts;
      if (session === null || work.connection === "signed_out") return null;
      return { locationId: session.locationId };
    },
    resolve: (entry) => resolveTarget(client, entry),
    async send(entry, taskId) {
      const task = await sendAction(client, entry, taskId);
      await database.putTask(knownTask(task, deps.nowMs(), entry.key));
      heard();
      refreshSoon();
    },
    async onFailure(_entry, error, verdict) {
      const task = taskOfProblem(error);
      if (task !== null) await database.putTask(knownTask(task, deps.nowMs()));
      if (verdict.kind === "refused" || verdict.kind === "taken") refreshSoon();
      else notHeard(error);
    },
    async onChanged() {
      await reload();
      deps.tellOthers();
    },
    alone: deps.alone,
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  });

  async function readAll(): Promise<void> {
    const { location } = work.facts;
    if (location === null) return;
    try {
      const wanted = work.entries.flatMap(
        ({ target, sentTo }) => sentTo ?? (target.by === "id" ? target.taskId : []),
      );
      const fresh = await readTasks(client, location.locationId, wanted);
      const atMs = deps.nowMs();
      const newer = new Map(known.map((one) => [one.taskId, one]));
      // An answer to an action may have overtaken this list.
      known = fresh.map((task) => {
        const before = newer.get(task.taskId);
        const isOlder = before !== undefined && before.task.version >= task.version;
        return isOlder ? knownTask(before.task, atMs, before.lastKey) : knownTask(task, atMs);
      });
      await database.replaceTasks(known);
      const isBack = work.connection !== "live";
      set({ hasTasks: true, problem: null });
      heard();
      if (isBack) outbox.wake();
    } catch (error) {
      notHeard(error);
      set({
        problem: error instanceof ApiProblem && error.status >= 400 && error.status !== 401 ? error : null,
      });
    }
  }

  /** Reads the tasks again; calls while it runs share one more read. */
  function refresh(): Promise<void> {
    if (refreshing !== null) {
      refreshSoon();
      return refreshing;
    }
    refreshing = readAll().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  function refreshSoon(): void {
    clearTimeout(refreshTimer);
    refreshTimer = setTimeout(() => void refresh(), REFRESH_SOON_MS);
  }

  return {
    work: () => work,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start(): Promise<void> {
      await reload();
      set({ hasTasks: known.length > 0 || work.facts.lastHeardAtMs !== null });
      outbox.start();
      await refresh();
    },
    stop(): void {
      clearTimeout(refreshTimer);
      outbox.stop();
    },
    refresh,
    refreshSoon,
    /** A task that was told, not asked for. What is older than what is known changes nothing. */
    async told(task: TaskAnswer): Promise<void> {
      if (task.locationId !== work.facts.location?.locationId) return;
      const before = known.find((one) => one.taskId === task.taskId);
      if (before !== undefined && before.task.version >= task.version) return;
      const isOwn = work.entries.some(({ sentTo }) => sentTo === task.taskId);
      // With an action on its way nobody can say whether it is in there already: its answer will.
      if (isOwn) return refreshSoon();
      if (!isLiveTask(task) && !task.needsPerson) return refreshSoon();
      await database.putTask(knownTask(task, deps.nowMs()));
      await reload();
    },
    reload,
    keepFacts,
    notHeard,
    /** Somebody has signed in again: what waits may go. */
    signedIn(): void {
      set({ connection: "connecting" });
      outbox.wake();
      void refresh();
    },
    /** The browser says that there is no network: nothing has to be tried to know it. */
    networkGone(): void {
      if (work.connection === "signed_out") return;
      set({ connection: "offline", offlineSinceMs: work.facts.lastHeardAtMs ?? deps.nowMs() });
    },
    wake(): void {
      outbox.wake();
      void refresh();
    },
    acknowledge: outbox.acknowledge,
    sendAgain: outbox.sendAgain,
    /**
     * Does it: shown at once, kept, and sent when that can be. @returns why it can't be done, decided on this device as the server
     * would; or null. A second press finds the first one done.
     */
    async press({ board, command, body, words }: Wish): Promise<Refusal | null> {
      const self = selfOf(work.facts);
      const pressedAtMs = deps.nowMs();
      const current = work.tasks.find(({ task }) => task.taskId === board.task.taskId) ?? board;
      const action: Action = {
        key: createIdempotencyKey(),
        pressedAtMs,
        locationId: current.task.locationId,
        words,
        target: targetOf(current),
        command,
        body: {
          ...body,
          actor: self,
          device: work.facts.device,
          occurredAt: new Date(pressedAtMs).toISOString(),
        },
      };
      const decision = decideHere(current.task, action, self);
      if (!decision.ok) {
        const { code, detail } = decision.refusal;
        return { status: 0, code, title: "This can't be done", detail };
      }
      if (decision.changes.length === 0 && decision.order.length === 0) return null;
      storing = [...storing, action];
      set({});
      try {
        await outbox.add(action);
      } finally {
        storing = storing.filter((one) => one !== action);
        await reload();
      }
      return null;
    },
  };
}

function targetOf({ task, isForeseen }: BoardTask): Target {
  const { orderId, fulfilmentId, kind } = task;
  const isNext = isForeseen && orderId !== null && fulfilmentId !== null;
  if (isNext && (kind === "stage" || kind === "hand_over"))
    return { by: "fulfilment", orderId, fulfilmentId, kind };
  return { by: "id", taskId: task.taskId };
}

function asEntry(action: Action): OutboxEntry {
  return { ...action, seq: Number.MAX_SAFE_INTEGER, sentTo: null, failures: 0, refusal: null };
}

/** Who works here, as others see it beside the tasks: by the name they gave, else by their key. */
export function selfOf({ staffName, session, device }: DeviceFacts): Actor {
  return { kind: "staff", id: staffName === "" ? (session?.actor ?? device) : staffName };
}

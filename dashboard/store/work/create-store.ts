import { createIdempotencyKey } from "../../../client/idempotency-key.ts";
import { createOnhandClient, type OnhandClient } from "../../../client/onhand-client.ts";
import type { DeviceFacts } from "./device-facts.ts";
import { createSignIn, type SignIn } from "./sign-in.ts";
import { openStoreDatabase, type StoreDatabase } from "./store-database.ts";
import { followTasks } from "./follow-tasks.ts";
import { createWorkBoard, type WorkBoard } from "./work-board.ts";

const LOCK = "onhand-store-outbox";
const CHANNEL = "onhand-store";
/** Changes are told as they come; this is for what was missed. */
const POLL_MS = 10_000;
/** A call that gets no answer for so long is taken for lost: people wait in front of the screen. */
const TIMEOUT_MS = 8_000;

export type Store = { client: OnhandClient; database: StoreDatabase; board: WorkBoard; signIn: SignIn };

/** Puts together what the page works with. Rejects where the browser keeps nothing. */
export async function createStore(): Promise<Store & { start(): () => void }> {
  const database = await openStoreDatabase();
  const client = createOnhandClient({ baseUrl: "", retries: 0, timeoutMs: TIMEOUT_MS });
  const others = new BroadcastChannel(CHANNEL);
  const board = createWorkBoard({
    client,
    database,
    facts: (await database.facts()) ?? newDevice(),
    alone: async (work) => {
      // Without https there are no locks: then the keys alone see to it that nothing is done twice.
      if (navigator.locks === undefined) await work();
      else await navigator.locks.request(LOCK, work);
    },
    tellOthers: () => others.postMessage("changed"),
    nowMs: Date.now,
  });
  const signIn = createSignIn({ client, database, board });

  return {
    client,
    database,
    board,
    signIn,
    start() {
      const poll = setInterval(() => {
        if (!document.hidden) void board.refresh();
      }, POLL_MS);
      const wake = () => {
        if (!document.hidden) board.wake();
      };
      const away = () => board.networkGone();
      others.onmessage = () => void board.reload();
      addEventListener("online", wake);
      addEventListener("offline", away);
      document.addEventListener("visibilitychange", wake);
      const stopFollowing = followTasks({ client, board });
      void board.start().then(signIn.check);
      return () => {
        stopFollowing();
        clearInterval(poll);
        removeEventListener("online", wake);
        removeEventListener("offline", away);
        document.removeEventListener("visibilitychange", wake);
        others.onmessage = null;
        board.stop();
      };
    },
  };
}

function newDevice(): DeviceFacts {
  const device = `phone-${createIdempotencyKey().slice(0, 8)}`;
  return { device, staffName: "", session: null, location: null, lastHeardAtMs: null };
}

import { ApiProblem } from "../../../client/api-problem.ts";
import type { OnhandClient } from "../../../client/onhand-client.ts";
import type { Session } from "../../../domain/api/credentials.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { WorkBoard } from "./work-board.ts";

export type SignIn = ReturnType<typeof createSignIn>;

/** Who works with this device. What waits in the outbox stays, whoever signs in or out. */
export function createSignIn(deps: { client: OnhandClient; database: StoreDatabase; board: WorkBoard }) {
  const { client, database, board } = deps;

  async function take({ actor, role, locationId }: Session): Promise<void> {
    const before = board.work().facts;
    await board.keepFacts({ session: { actor, role, locationId } });
    if (locationId !== null && before.location?.locationId !== locationId) await workAt(locationId);
    board.signedIn();
  }

  /** Tasks of another store are of no use here. */
  async function workAt(locationId: string): Promise<void> {
    const location = await client.locations.get(locationId).catch(() => ({ locationId, name: locationId }));
    await database.forget();
    await board.keepFacts({ location: { locationId, name: location.name } });
    await board.reload();
    board.wake();
  }

  return {
    /** Asks the server who is signed in; without an answer the page goes on as before. */
    async check(): Promise<void> {
      try {
        await take(await client.session.get());
      } catch (error) {
        if (error instanceof ApiProblem) board.notHeard(error);
        else throw error;
      }
    },
    /** Rejects with why the key was not taken. */
    async withKey(key: string, staffName: string): Promise<void> {
      const session = await client.session.create(key);
      await board.keepFacts({ staffName });
      await take(session);
    },
    workAt,
    async signOut(): Promise<void> {
      // Where the server is away the session ends there by itself.
      await client.session.remove().catch(() => undefined);
      await board.keepFacts({ session: null, location: null, staffName: "" });
      await database.forget();
      await board.reload();
      board.notHeard(signedOut());
    },
  };
}

function signedOut(): ApiProblem {
  return new ApiProblem({
    type: "about:blank",
    title: "Signed out",
    status: 401,
    detail: "Somebody signed out here.",
    code: "unauthenticated",
    members: {},
  });
}

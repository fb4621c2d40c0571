import type { Role } from "../../domain/api/credentials.ts";
import type { Caller } from "../http/route.ts";
import { createSecretMap } from "./secret-map.ts";

/** The cookie's name; HttpOnly, SameSite=Strict, Path=/ and Secure under TLS. */
export const SESSION_COOKIE = "onhand_session";
/** The actor of a session that began with the start link; no key has such an id. */
export const START_LINK = "start-link";
const MAX_SESSIONS = 1_000;
const MAX_CODES = 100;
const MAX_TICKETS = 20_000;
const TICKET_LIFETIME_MS = 30_000;

/** Who signed in: by a link (no key), or with a key, whose end is the session's end; with the role `store` for one location. */
type SignedIn = { role: Role; keyId: string | null; locationId: string | null };
/** What a link signs in as. */
type LinkRights = Pick<SignedIn, "role" | "locationId">;

export type SessionStore = ReturnType<typeof createSessionStore>;

/** Sign-in of browsers: a one-time code becomes a session, a session or key buys tickets for sockets. All in memory. */
export function createSessionStore(options: {
  nowMs(): number;
  sessionLifetimeMs: number;
  codeLifetimeMs: number;
  isLiveKey(keyId: string): boolean;
}) {
  const { nowMs } = options;
  const codes = createSecretMap<LinkRights>({
    maxEntries: MAX_CODES,
    lifetimeMs: options.codeLifetimeMs,
    nowMs,
  });
  const sessions = createSecretMap<SignedIn>({
    maxEntries: MAX_SESSIONS,
    lifetimeMs: options.sessionLifetimeMs,
    nowMs,
  });
  const tickets = createSecretMap<Caller>({ maxEntries: MAX_TICKETS, lifetimeMs: TICKET_LIFETIME_MS, nowMs });

  return {
    /** A path such as `/login?code=…` that signs in one browser with these rights, once. */
    createLoginPath(rights: LinkRights): { path: string; expiresAtMs: number } {
      const { token, expiresAtMs } = codes.add(rights);
      return { path: `/login?code=${token}`, expiresAtMs };
    },
    /** @returns the new session's token for the cookie and its role, or null when the code is used, old or wrong. */
    signIn(code: string): { token: string; expiresAtMs: number; role: Role } | null {
      const rights = codes.take(code);
      return rights === null ? null : { ...sessions.add({ ...rights, keyId: null }), role: rights.role };
    },
    /** A session for somebody who proved a key. */
    open: (who: SignedIn) => sessions.add(who),
    signOut(token: string): void {
      sessions.take(token);
    },
    callerOf(token: string): Caller | null {
      const session = sessions.find(token);
      if (session === null) return null;
      const { role, keyId, locationId } = session.value;
      if (keyId !== null && !options.isLiveKey(keyId)) return null;
      return {
        keyId: keyId ?? START_LINK,
        role,
        locationId,
        isPublishable: false,
        origins: [],
        sessionExpiresAtMs: session.expiresAtMs,
      };
    },
    createTicket: (caller: Caller) => tickets.add(caller),
    takeTicket: (ticket: string) => tickets.take(ticket),
  };
}

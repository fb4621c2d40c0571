import { hash, timingSafeEqual } from "node:crypto";
import type { KeyStore } from "../keys/key-store.ts";
import { HttpProblem } from "../problems.ts";
import { SESSION_COOKIE, type SessionStore, START_LINK } from "../sessions/session-store.ts";
import type { Caller } from "./route.ts";

const MAX_CACHED_TOKENS = 10_000;

/** Who sent these headers. Answers at once for a key that was proved before: no await on the hot path. */
export type Identify = (request: {
  authorization: string | undefined;
  cookie: string | undefined;
  /** The connection, where there is one: it mostly sends the same key again. */
  connection?: object | undefined;
}) => Caller | null | Promise<Caller | null>;

const OWNER: Caller = {
  keyId: "owner",
  role: "admin",
  locationId: null,
  isPublishable: false,
  origins: [],
  sessionExpiresAtMs: null,
};

export function createIdentify(deps: {
  keys: KeyStore;
  sessions: SessionStore;
  /** What the command line of the same machine's owner sends, from the lock file that only they can read. */
  ownerToken: string | null;
}): Identify {
  const ownerDigest = deps.ownerToken === null ? null : hash("sha256", deps.ownerToken, "buffer");
  /** SHA-256 of a token that was right → its key. Whether the key still lives is asked every time. */
  const proved = new Map<string, { keyId: string; caller: Caller }>();

  async function prove(token: string, digest: string): Promise<Caller | null> {
    const proof = await deps.keys.verifyToken(token);
    if (proof === "busy") {
      throw new HttpProblem(
        "rate_limited",
        "Too many new keys are being checked at once.",
        {},
        { "retry-after": "1" },
      );
    }
    if (proof === "unknown") return null;
    const caller: Caller = {
      keyId: proof.keyId,
      role: proof.role,
      locationId: proof.locationId,
      isPublishable: proof.origins.length > 0,
      origins: proof.origins,
      sessionExpiresAtMs: null,
    };
    if (proved.size >= MAX_CACHED_TOKENS) {
      const oldest = proved.keys().next();
      if (oldest.done === false) proved.delete(oldest.value);
    }
    proved.set(digest, { keyId: proof.keyId, caller });
    return caller;
  }

  /** The last header of each open connection that was right: saves its digest. Gone with the connection. */
  const lastOf = new WeakMap<object, { authorization: string; caller: Caller }>();

  return ({ authorization, cookie, connection }) => {
    if (authorization !== undefined) {
      const last = connection === undefined ? undefined : lastOf.get(connection);
      if (last?.authorization === authorization) {
        return deps.keys.live(last.caller.keyId) === null ? null : last.caller;
      }
      const token = bearerToken(authorization);
      if (token === null) return null;
      const digest = hash("sha256", token, "base64");
      const known = proved.get(digest);
      if (known === undefined) {
        const isOwner = ownerDigest !== null && timingSafeEqual(hash("sha256", token, "buffer"), ownerDigest);
        return isOwner ? OWNER : prove(token, digest);
      }
      if (connection !== undefined) lastOf.set(connection, { authorization, caller: known.caller });
      return deps.keys.live(known.keyId) === null ? null : known.caller;
    }
    const session = cookie === undefined ? null : cookieValue(cookie, SESSION_COOKIE);
    return session === null ? null : deps.sessions.callerOf(session);
  };
}

function bearerToken(authorization: string): string | null {
  return authorization.slice(0, 7).toLowerCase() === "bearer " ? authorization.slice(7).trim() : null;
}

/** The value of one cookie of a Cookie header. */
export function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** Whether who was identified before may still act: for sockets, which live longer than a request. */
export function isStillValid(caller: Caller, keys: KeyStore, nowMs: number): boolean {
  if (caller.sessionExpiresAtMs !== null && caller.sessionExpiresAtMs <= nowMs) return false;
  return caller.keyId === OWNER.keyId || caller.keyId === START_LINK || keys.live(caller.keyId) !== null;
}

import { z } from "zod";
import {
  loginCodeSchema,
  loginCodeWishSchema,
  type Role,
  type Session,
  sessionSchema,
  ticketSchema,
} from "../../domain/api/credentials.ts";
import { cookieValue } from "../http/identify.ts";
import { type Caller, defineRoute, type Route, type RouteAnswer } from "../http/route.ts";
import type { KeyStore } from "../keys/key-store.ts";
import { HttpProblem } from "../problems.ts";
import { SESSION_COOKIE, type SessionStore } from "./session-store.ts";

const TAG = "Sign-in";
const EVERYONE = ["device", "storefront", "store", "merchandiser", "analyst", "admin"] as const;

const ROLES_OF_PEOPLE = ["store", "merchandiser", "analyst", "admin"] as const;

/** The page that somebody of this role works with. */
const homeOf = (role: Role): string => (role === "store" ? "/store/" : "/");

export function createSessionRoutes(deps: {
  sessions: SessionStore;
  keys: KeyStore;
  serverId: string;
  isSecure: boolean;
  isDemo: boolean;
  nowMs(): number;
}): Route[] {
  const cookie = (token: string, seconds: number) =>
    `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${deps.isSecure ? "; Secure" : ""}`;

  const withCookie = (
    signedIn: { token: string; expiresAtMs: number },
    answer: RouteAnswer,
  ): RouteAnswer => ({
    ...answer,
    headers: {
      ...answer.headers,
      "set-cookie": cookie(signedIn.token, Math.floor((signedIn.expiresAtMs - deps.nowMs()) / 1000)),
    },
  });

  const describe = (caller: Caller): Session => ({
    isDemo: deps.isDemo,
    actor: caller.keyId,
    role: sessionSchema.shape.role.parse(caller.role),
    locationId: caller.locationId,
    expiresAt: caller.sessionExpiresAtMs === null ? null : new Date(caller.sessionExpiresAtMs).toISOString(),
    serverId: deps.serverId,
  });

  return [
    defineRoute({
      method: "GET",
      path: "/login",
      tag: TAG,
      summary: "The link that `onhand start` prints: a one-time code becomes a session cookie",
      roles: "open",
      query: z.object({ code: z.string().max(200) }),
      answer: { status: 303, description: "To the dashboard, or to the store page, with the cookie set" },
      problems: ["login_code_invalid"],
      handle({ query }) {
        const signedIn = deps.sessions.signIn(query.code);
        if (signedIn === null)
          throw new HttpProblem("login_code_invalid", "The link does not sign in any more.");
        return withCookie(signedIn, {
          status: 303,
          headers: { location: homeOf(signedIn.role), "referrer-policy": "no-referrer" },
        });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/session",
      tag: TAG,
      summary: "Who is asking",
      roles: EVERYONE,
      answer: { schema: sessionSchema, description: "The key or the signed-in browser" },
      handle: ({ caller }) => ({ body: describe(caller) }),
    }),
    defineRoute({
      method: "POST",
      path: "/v1/session",
      tag: TAG,
      summary: "Sign a browser in with a store's, merchandiser's, analyst's or admin's key",
      roles: "open",
      body: z.object({ key: z.string().max(200) }),
      answer: { schema: sessionSchema, description: "The session, with the cookie set" },
      problems: ["unauthenticated", "forbidden"],
      async handle({ body }) {
        const proof = await deps.keys.verifyToken(body.key);
        if (proof === "busy") {
          throw new HttpProblem(
            "rate_limited",
            "Too many keys are being checked.",
            {},
            { "retry-after": "1" },
          );
        }
        if (proof === "unknown") throw new HttpProblem("unauthenticated", "The key is not valid.");
        const role = ROLES_OF_PEOPLE.find((one) => one === proof.role);
        if (role === undefined) {
          throw new HttpProblem("forbidden", `A ${proof.role} key is not for people.`, {
            allowed: ROLES_OF_PEOPLE,
          });
        }
        const { keyId, locationId } = proof;
        const signedIn = deps.sessions.open({ role, keyId, locationId });
        const caller = deps.sessions.callerOf(signedIn.token);
        if (caller === null) throw new HttpProblem("unauthenticated", "The session has ended.");
        return withCookie(signedIn, { body: describe(caller) });
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/v1/session",
      tag: TAG,
      summary: "Sign this browser out",
      roles: EVERYONE,
      answer: { status: 204, description: "The session has ended" },
      handle({ header }) {
        const token = cookieValue(header("cookie") ?? "", SESSION_COOKIE);
        if (token !== null) deps.sessions.signOut(token);
        return { status: 204, headers: { "set-cookie": cookie("", 0) } };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/tickets",
      tag: TAG,
      summary: "A ticket that authenticates one WebSocket, once, within 30 s",
      roles: ["storefront", "store", "merchandiser", "admin"],
      isPublishable: true,
      answer: { status: 201, schema: ticketSchema, description: "Send it in the socket's first frame" },
      handle({ caller }) {
        const { token, expiresAtMs } = deps.sessions.createTicket(caller);
        return { status: 201, body: { ticket: token, expiresAt: new Date(expiresAtMs).toISOString() } };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/login-codes",
      tag: TAG,
      summary: "A new sign-in link for one browser, with an admin's rights or for the staff of one store",
      roles: ["admin"],
      body: loginCodeWishSchema,
      isBodyOptional: true,
      answer: { status: 201, schema: loginCodeSchema, description: "The path to open on this server" },
      handle({ body }) {
        const { path, expiresAtMs } = deps.sessions.createLoginPath(body);
        return { status: 201, body: { path, expiresAt: new Date(expiresAtMs).toISOString() } };
      },
    }),
  ];
}

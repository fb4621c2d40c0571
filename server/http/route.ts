import type { z } from "zod";
import type { Role } from "../../domain/api/credentials.ts";
import type { Principal } from "../../domain/principal.ts";
import type { ProblemCode } from "../problems.ts";

/** Who asks. `open` routes have none. `isPublishable`: a storefront key in a browser, which sees capped numbers. */
export type Caller = Principal & {
  isPublishable: boolean;
  origins: readonly string[];
  /** Set for a signed-in browser: its session's end. Changes by it need the server's own Origin. */
  sessionExpiresAtMs: number | null;
};

/** What a handler gets: the parsed input, and the little of the request that a few routes need. */
export type RouteRequest<Params, Query, Body> = {
  params: Params;
  query: Query;
  body: Body;
  caller: Caller;
  requestId: string;
  /** The server's name as the client calls it, with its port. */
  host: string;
  /** Empty in tests without a socket. */
  remoteAddress: string;
  header(name: string): string | undefined;
};

/** `body` is sent as JSON unless `text` is given, which is sent as it is (already JSON on the fast path), or `stream`. */
export type RouteAnswer = {
  status?: number;
  body?: unknown;
  text?: string;
  stream?: ReadableStream<Uint8Array>;
  contentType?: string;
  headers?: Record<string, string>;
};

/**
 * One route with all that is known of it: rights, input, answer, problems. The router, the rights table, OpenAPI and
 * the tests are made of the same list, so they cannot differ.
 */
export type Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
  /** Hono's syntax: `/v1/readers/:locationId/:readerId`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** Roles that may call it; `open` needs no key. */
  roles: readonly Role[] | "open";
  params?: Params;
  query?: Query;
  /** Query names that are lists: repeated, or split at commas. */
  listQueries?: readonly string[];
  body?: Body;
  /** A request without a body is taken as `{}`. */
  isBodyOptional?: boolean;
  /** The handler gets the body's bytes as they came: a signature is of them. */
  isBodyRaw?: boolean;
  /** Shown in the documentation, and held to the schemas by a test. */
  examples?: { body?: unknown; answer?: unknown };
  /** Shown in the documentation where the handler itself judges the body. */
  bodyForDocs?: z.ZodType;
  answer?: { status?: number; schema?: z.ZodType; contentType?: string; description: string };
  problems?: readonly ProblemCode[];
  /** Names that a standard gives to common problems on its own addresses. */
  problemTypes?: Readonly<Partial<Record<ProblemCode, string>>>;
  /** Browsers may call it from the origins of a publishable key. */
  isPublishable?: boolean;
  maxBodyBytes?: number;
  handle(
    request: RouteRequest<z.output<Params>, z.output<Query>, z.output<Body>>,
  ): RouteAnswer | Promise<RouteAnswer>;
};

/** Keeps a handler's input types inside the definition while the list of routes holds one type. */
export function defineRoute<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  route: Route<Params, Query, Body>,
): Route {
  return route;
}

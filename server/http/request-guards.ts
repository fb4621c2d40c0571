import { HttpProblem } from "../problems.ts";
import { isLoopbackHost } from "../server-config.ts";
import type { Caller } from "./route.ts";

/**
 * Refuses requests whose Host header names something else (DNS rebinding: a page on evil.example whose name suddenly
 * points to 127.0.0.1 would otherwise talk to us as itself).
 */
export function createHostCheck(options: { host: string; hosts: readonly string[]; isLocalOnly: boolean }) {
  const allowed = new Set([options.host, ...options.hosts].map((host) => host.toLowerCase()));
  /** Host headers that passed, with their ports; bounded. */
  const passed = new Set<string>();
  return (host: string): void => {
    if (passed.has(host)) return;
    const name = host.toLowerCase().replace(/:\d{1,5}$/, "");
    const isAllowed =
      allowed.has(name) || isLoopbackHost(name) || (!options.isLocalOnly && options.hosts.length === 0);
    if (!isAllowed) throw new HttpProblem("host_not_allowed", `This server is not "${name.slice(0, 100)}".`);
    if (passed.size < 100) passed.add(host);
  };
}

/** A signed-in browser may change things, or open a socket, from this server's own pages only. */
export function checkSameOrigin(origin: string | undefined, host: string): void {
  if (origin !== undefined && (origin === `http://${host}` || origin === `https://${host}`)) return;
  throw new HttpProblem(
    "origin_not_allowed",
    `The page of origin ${origin ?? "(none)"} is not one of this server.`,
  );
}

/**
 * The origin of the page that asks. Browsers leave `Origin` out of a GET to the page's own server, and say instead that it is the
 * same origin, in a header that no page can set.
 */
export function pageOrigin(
  caller: Caller,
  request: { origin: string | undefined; fetchSite: string | undefined; host: string },
): string | undefined {
  if (request.origin !== undefined || request.fetchSite !== "same-origin") return request.origin;
  return caller.origins.find((one) => one === `https://${request.host}` || one === `http://${request.host}`);
}

/** A publishable key works on its own origins. @returns the CORS headers of the answer. */
export function checkPublishableOrigin(caller: Caller, origin: string | undefined): Record<string, string> {
  if (origin === undefined || !caller.origins.includes(origin)) {
    throw new HttpProblem("origin_not_allowed", `The key is not for pages of origin ${origin ?? "(none)"}.`);
  }
  return corsHeaders(origin);
}

export function corsHeaders(origin: string): Record<string, string> {
  return { "access-control-allow-origin": origin, vary: "Origin" };
}

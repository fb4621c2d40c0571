import { z } from "zod";
import type { Route } from "../../http/route.ts";
import { HttpProblem } from "../../problems.ts";
import { defineEpcisRoute, EPCIS_ROOT } from "./epcis-route.ts";

const ROLES = ["merchandiser", "admin"] as const;

/** What GS1's interface has beyond this one: each says so by name. */
const NOT_THERE: readonly { method: Route["method"]; path: string; what: string }[] = [
  { method: "GET", path: "/queries", what: "Named queries are not kept" },
  { method: "POST", path: "/queries", what: "Named queries are not kept" },
  { method: "GET", path: "/queries/:queryName", what: "Named queries are not kept" },
  { method: "DELETE", path: "/queries/:queryName", what: "Named queries are not kept" },
  { method: "GET", path: "/queries/:queryName/events", what: "Named queries are not kept" },
  { method: "GET", path: "/queries/:queryName/subscriptions", what: "There are no subscriptions" },
  { method: "POST", path: "/queries/:queryName/subscriptions", what: "There are no subscriptions" },
  {
    method: "DELETE",
    path: "/nextPageToken/:token",
    what: "A token holds nothing on the server to be given up",
  },
];

/** OPTIONS on the addresses of one method, GET; and what is not there. */
export function createDiscoveryRoutes(routes: readonly Route[]): Route[] {
  const paths = [...new Set(routes.map((route) => route.path.slice(EPCIS_ROOT.length)))];
  const discovered = paths.filter((path) => !routes.some((route) => isOptions(route, path)));
  return [
    ...discovered.map((path) => {
      const methods = routes.filter((route) => route.path === EPCIS_ROOT + path).map((route) => route.method);
      const isForDevices = path.startsWith("/capture");
      return defineEpcisRoute({
        method: "OPTIONS",
        path,
        summary: `What ${path} takes`,
        roles: isForDevices ? (["device", ...ROLES] as const) : ROLES,
        ...paramsOf(path),
        answer: { status: 204, description: "Versions and methods, as headers" },
        handle: () => ({ status: 204, headers: { allow: [...methods, "OPTIONS"].join(", ") } }),
      });
    }),
    ...NOT_THERE.map(({ method, path, what }) =>
      defineEpcisRoute({
        method,
        path,
        summary: `${what}: 501`,
        roles: ROLES,
        ...paramsOf(path),
        problems: ["epcis_not_implemented"],
        handle() {
          throw new HttpProblem("epcis_not_implemented", `${what}.`);
        },
      }),
    ),
  ];
}

function isOptions(route: Route, path: string): boolean {
  return route.method === "OPTIONS" && route.path === EPCIS_ROOT + path;
}

function paramsOf(path: string): { params?: z.ZodType } {
  const names = [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? "");
  if (names.length === 0) return {};
  return { params: z.object(Object.fromEntries(names.map((name) => [name, z.string().max(2_000)]))) };
}

import type { Hono } from "hono";
import { toProblemResponse } from "../http/answers.ts";
import type { Identify } from "../http/identify.ts";
import { hostOf } from "../http/request-facts.ts";
import { newRequestId } from "../http/request-id.ts";
import { HttpProblem } from "../problems.ts";
import { createImportRoute, type ImportRouteDeps } from "./import-route.ts";

/** Mounts the import of files for administrators with a key: no browser sends one, so cookies do not count here. */
export function mountImports(
  app: Hono,
  deps: ImportRouteDeps & { identify: Identify; checkHost(host: string): void },
): void {
  app.use("/v1/admin/imports/*", async (context, next) => {
    try {
      deps.checkHost(hostOf(context));
      const authorization = context.req.header("authorization");
      const caller = await deps.identify({ authorization, cookie: undefined });
      if (caller === null)
        throw new HttpProblem("unauthenticated", "Importing needs an administrator's key.");
      if (caller.role !== "admin") {
        throw new HttpProblem("forbidden", "Importing is for administrators.", { allowed: ["admin"] });
      }
    } catch (error) {
      if (error instanceof HttpProblem) return toProblemResponse(error, newRequestId(), undefined);
      throw error;
    }
    return await next();
  });
  app.route("/", createImportRoute(deps));
}

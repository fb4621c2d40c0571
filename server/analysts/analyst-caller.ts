import { AnalystRefusal } from "../../sql/analysts/analyst-refusal.ts";
import type { Identify } from "../http/identify.ts";
import { checkSameOrigin } from "../http/request-guards.ts";
import type { Caller } from "../http/route.ts";

/** Who may ask in SQL. */
export const ANALYST_ROLES: readonly string[] = ["analyst", "admin"];

export type AnalystCall = { method: string; host: string; header(name: string): string | undefined };

/**
 * Who sent a query: the key is the password of HTTP Basic (any user name), `X-ClickHouse-Key`, or a bearer. A signed-in browser asks
 * with its cookie by POST from this server's own pages alone: a page or a link of somebody else can neither read an answer with it nor
 * make the browser take a place in the queue. Throws `AnalystRefusal`, or the problem `origin_not_allowed`.
 */
export async function identifyAnalyst(call: AnalystCall, identify: Identify): Promise<Caller> {
  const { header } = call;
  const key = keyOf(header);
  const caller = await identify(
    key === null
      ? { authorization: undefined, cookie: call.method === "POST" ? header("cookie") : undefined }
      : { authorization: `Bearer ${key}`, cookie: undefined },
  );
  if (caller === null) {
    throw new AnalystRefusal(
      "AUTHENTICATION_FAILED",
      "No valid key: send an analyst's key as the password, as X-ClickHouse-Key or as a bearer",
    );
  }
  if (caller.sessionExpiresAtMs !== null) checkSameOrigin(header("origin"), call.host);
  if (!ANALYST_ROLES.includes(caller.role)) {
    throw new AnalystRefusal(
      "ACCESS_DENIED",
      `A ${caller.role} may not ask in SQL; keys of ${ANALYST_ROLES.join(" and ")} may`,
    );
  }
  return caller;
}

function keyOf(header: (name: string) => string | undefined): string | null {
  const inHeader = header("x-clickhouse-key");
  if (inHeader !== undefined && inHeader !== "") return inHeader;
  const [scheme = "", value = ""] = (header("authorization") ?? "").split(" ", 2);
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return null;
  const text = Buffer.from(value, "base64").toString("utf8");
  const at = text.indexOf(":");
  return at < 0 ? null : text.slice(at + 1);
}

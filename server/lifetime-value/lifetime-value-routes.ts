import {
  lifetimeValueFitsSchema,
  lifetimeValueQuerySchema,
  lifetimeValueRunSchema,
  personValuesPageSchema,
} from "../../domain/api/lifetime-value.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { notTheWriter } from "../commit-log/commit-log.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import type { LifetimeValueFitter } from "./lifetime-value-fitter.ts";
import type { LifetimeValueStore } from "./lifetime-value-store.ts";

const TAG = "Lifetime value";
const READERS = ["merchandiser", "analyst", "admin"] as const;
const SHOWN_FITS = 50;

/** What persons are expected to be worth, and what that is made with. Nothing here moves stock. */
export function createLifetimeValueRoutes(deps: {
  store: LifetimeValueStore;
  fitter: LifetimeValueFitter;
  role: { mode(): "loading" | "writer" | "standby" };
  audit: AuditLog;
}): Route[] {
  const { store, fitter } = deps;
  return [
    defineRoute({
      method: "POST",
      path: "/v1/lifetime-value/fits",
      tag: TAG,
      summary: "Predict lifetime values anew",
      description:
        "It goes on in the background, one run at a time: while one goes on, it is answered. Until it is whole the last values stay.",
      roles: ["admin"],
      answer: { status: 202, schema: lifetimeValueRunSchema, description: "The run" },
      problems: ["not_the_writer"],
      async handle({ caller }) {
        if (deps.role.mode() !== "writer") throw notTheWriter();
        const run = fitter.begin(caller.keyId);
        await deps.audit.record({
          actor: caller.keyId,
          action: "lifetime_value.fit",
          subject: run.runId,
          detail: {},
        });
        return { status: 202, body: run };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/lifetime-value/fits",
      tag: TAG,
      summary: "What lifetime values are made with: the fits of all runs, the newest first",
      description:
        "With parameters, likelihoods, warnings and the sum of all values. `run` is the one that goes on or the last one since the server started.",
      roles: READERS,
      answer: { schema: lifetimeValueFitsSchema, description: "The last 50 fits, and the run" },
      async handle() {
        return { body: { run: fitter.last(), items: await store.fits(SHOWN_FITS) } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/lifetime-value",
      tag: TAG,
      summary: "Predicted value of each person in the next 12 months, the largest first",
      description:
        "By BG/NBD and Gamma-Gamma, of the newest whole run. An expectation with its interval, not what a person has spent. See docs/lifetime-value.md.",
      roles: READERS,
      query: lifetimeValueQuerySchema.extend(pageQuerySchema.omit({ query: true }).shape),
      answer: { schema: personValuesPageSchema, description: "A page of persons" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const { cursor, limit, ...filter } = query;
        const [place = 0] = decodeCursor(cursor, ["number"]) ?? [];
        const offset = Math.max(0, Math.trunc(Number(place)));
        const found = await store.values(filter, offset, limit);
        const nextCursor = found.length > limit ? encodeCursor([offset + limit]) : null;
        return { body: { items: found.slice(0, limit), nextCursor } };
      },
    }),
  ];
}

import { z } from "zod";
import { explanationSchema, MAX_EXPLAIN_STEPS } from "../../domain/explain/explanation.ts";
import { idSchema, instantSchema } from "../../domain/identifiers.ts";
import { toNumbers } from "../availability/availability-routes.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { createExplainer } from "./explainer.ts";

const querySchema = z.object({
  gtin: z.string().max(20),
  location: idSchema,
  channel: z.string().max(64).default(""),
  /** Without it: now. */
  at: instantSchema.optional(),
  eventTime: z.enum(["true", "false"]).default("false"),
  confidence: z.coerce.number().gt(0).lt(1).optional(),
  /** The newest steps that are shown; older ones are folded into the opening balance. */
  steps: z.coerce.number().int().min(1).max(MAX_EXPLAIN_STEPS).default(200),
});

export function createExplainRoutes(deps: {
  explainer: ReturnType<typeof createExplainer>;
  nowMs(): number;
}): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/availability/explain",
      tag: "Availability",
      summary: "Why this number, now or at any past instant",
      description:
        "From the last count to the newest hold: each movement with time, source and effect, the holds, the rules, and the sum. " +
        "`at` is what was answered then; with `eventTime=true` what is known by now of then. See docs/explain.md.",
      roles: ["storefront", "merchandiser", "admin"],
      query: querySchema,
      answer: { schema: explanationSchema, description: "The steps, and the terms that sum to `available`" },
      problems: ["invalid_gtin", "invalid_request", "not_ready", "explanation_differs"],
      async handle({ query }) {
        const [gtin = 0] = toNumbers([query.gtin]);
        const atMs = query.at === undefined ? null : Date.parse(query.at);
        if (atMs !== null && atMs > deps.nowMs()) {
          throw new HttpProblem("invalid_request", "`at` lies in the future; nothing was answered then.");
        }
        if (atMs !== null && query.confidence !== undefined) {
          throw new HttpProblem(
            "invalid_request",
            "`confidence` can be explained for now only: how sure each unit was at a past instant is not kept.",
          );
        }
        const explanation = await deps.explainer.explain({
          locationId: query.location,
          gtin,
          channel: query.channel,
          confidence: query.confidence ?? null,
          atMs,
          byEventTime: query.eventTime === "true",
          maxSteps: query.steps,
        });
        return { body: explanation };
      },
    }),
  ];
}

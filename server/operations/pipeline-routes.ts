import { pipelineSchema } from "../../domain/api/pipeline.ts";
import { defineRoute, type Route } from "../http/route.ts";
import type { PipelineSampler } from "./pipeline-sampler.ts";
import type { Readiness } from "./readiness.ts";

export function createPipelineRoutes(deps: {
  sampler: PipelineSampler;
  readiness(): Promise<Readiness>;
  nowMs(): number;
}): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/pipeline",
      tag: "Operations",
      summary:
        "Whether every step from a read to an answer is well, and how its figures went for half an hour",
      description:
        "What /readyz and /metrics say, for a page: this process's figures, a sample every 10 seconds. Steps that run in another process " +
        "(`onhand ingest`) are left out: ask its own /metrics.",
      roles: ["admin"],
      answer: { schema: pipelineSchema, description: "The steps and their figures" },
      async handle() {
        const { status, checks } = await deps.readiness();
        const { sampler } = deps;
        const asOf = new Date(deps.nowMs()).toISOString();
        return {
          body: { asOf, status, checks, everySeconds: sampler.everySeconds, ...sampler.history() },
        };
      },
    }),
  ];
}

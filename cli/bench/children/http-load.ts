import { z } from "zod";
import { answerRequests } from "../harness/answer-requests.ts";

const loadSchema = z.object({
  url: z.string(),
  paths: z.array(z.string()).min(1),
  authorization: z.string(),
  connections: z.number(),
  seconds: z.number(),
});

answerRequests({
  /** Whether autocannon, a development dependency, is there. */
  async isInstalled() {
    return await import("autocannon").then(
      () => true,
      () => false,
    );
  },
  /** Asks the paths in turns over keep-alive connections, one request at a time on each. */
  async load(params) {
    const { url, paths, authorization, connections, seconds } = loadSchema.parse(params);
    const { default: autocannon } = await import("autocannon");
    const result = await autocannon({
      url,
      connections,
      duration: seconds,
      headers: { authorization },
      requests: paths.map((path) => ({ method: "GET" as const, path })),
    });
    const { requests, latency, non2xx, errors } = result;
    return {
      perSecond: requests.total / result.duration,
      p50Ms: latency.p50,
      p99Ms: latency.p99,
      failed: non2xx + errors,
    };
  },
});

import { HttpProblem, PROBLEMS } from "../problems.ts";
import type { RouteAnswer } from "./route.ts";

/**
 * Nothing of the interface may be cached or guessed at. Plain header objects: the adapter sends them without building a
 * Headers; without further headers the literal is all there is, which is the hot path.
 */
export function toResponse(answer: RouteAnswer, requestId: string, extra?: Record<string, string>): Response {
  const status = answer.status ?? 200;
  const common = {
    "content-type": answer.contentType ?? "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  };
  const isPlain = extra === undefined && answer.headers === undefined;
  const headers = isPlain ? common : { ...common, ...extra, ...answer.headers };
  const isEmpty = status === 204 || status === 303;
  const body = answer.text ?? answer.stream ?? JSON.stringify(answer.body);
  return new Response(isEmpty ? null : body, { status, headers });
}

export function toProblemResponse(
  problem: HttpProblem,
  requestId: string,
  extra?: Record<string, string>,
  type?: string,
): Response {
  return toResponse(
    {
      status: PROBLEMS[problem.code].status,
      contentType: "application/problem+json",
      body: { ...problem.body(type), requestId },
      headers: problem.headers,
    },
    requestId,
    extra,
  );
}

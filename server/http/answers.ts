import { HttpProblem, PROBLEMS } from "../problems.ts";
import type { RouteAnswer } from "./route.ts";

/** Nothing of the interface may be cached, guessed at, or framed. */
const API_HEADERS: Record<string, string> = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/** Plain header objects: the adapter sends them without building a Headers. */
export function toResponse(answer: RouteAnswer, requestId: string, extra?: Record<string, string>): Response {
  const status = answer.status ?? 200;
  const headers: Record<string, string> = {
    "content-type": answer.contentType ?? "application/json",
    ...API_HEADERS,
    "x-request-id": requestId,
    ...extra,
    ...answer.headers,
  };
  const isEmpty = status === 204 || status === 303;
  return new Response(isEmpty ? null : (answer.text ?? JSON.stringify(answer.body)), { status, headers });
}

export function toProblemResponse(
  problem: HttpProblem,
  requestId: string,
  extra?: Record<string, string>,
): Response {
  return toResponse(
    {
      status: PROBLEMS[problem.code].status,
      contentType: "application/problem+json",
      body: { ...problem.body(), requestId },
      headers: problem.headers,
    },
    requestId,
    extra,
  );
}

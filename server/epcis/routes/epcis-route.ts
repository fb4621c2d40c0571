import type { z } from "zod";
import type { JsonObject } from "../../../domain/epcis/json-value.ts";
import { defineRoute, type Route, type RouteAnswer } from "../../http/route.ts";
import { HttpProblem, type ProblemCode } from "../../problems.ts";

export const EPCIS_ROOT = "/epcis/v2";
export const EPCIS_CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
const VERSION = "2.0.0";
const VERSION_HEADERS = { "gs1-epcis-version": VERSION, "gs1-cbv-version": VERSION, "gs1-extensions": "" };

/** GS1's names for what may go wrong on any address. */
const PROBLEM_TYPES: Partial<Record<ProblemCode, string>> = {
  invalid_json: "epcisException:ValidationException",
  invalid_request: "epcisException:QueryParameterException",
  unauthenticated: "epcisException:SecurityException",
  forbidden: "epcisException:SecurityException",
  location_not_allowed: "epcisException:SecurityException",
  body_too_large: "epcisException:CaptureLimitExceededException",
  unsupported_media_type: "epcisException:UnsupportedMediaTypeException",
  internal_error: "epcisException:ImplementationException",
  database_unavailable: "epcisException:ImplementationException",
};

/**
 * A route of EPCIS 2.0: its versions are named in each answer, what the client cannot take is refused, and problems have GS1's
 * names.
 */
export function defineEpcisRoute<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  route: Omit<Route<Params, Query, Body>, "tag" | "path"> & { path: string },
): Route {
  return defineRoute<Params, Query, Body>({
    ...route,
    path: `${EPCIS_ROOT}${route.path}`,
    tag: "EPCIS 2.0",
    problems: [...(route.problems ?? []), "epcis_not_acceptable"],
    problemTypes: PROBLEM_TYPES,
    async handle(request): Promise<RouteAnswer> {
      assertAcceptable((name) => request.header(name));
      const answer = await route.handle(request);
      return { ...answer, headers: { ...VERSION_HEADERS, ...answer.headers } };
    },
  });
}

function assertAcceptable(header: (name: string) => string | undefined): void {
  const accept = header("accept");
  if (accept !== undefined && !/(\*\/\*|application\/\*|application\/(ld\+|problem\+)?json)/i.test(accept)) {
    throw new HttpProblem("epcis_not_acceptable", `The client accepts ${accept.slice(0, 100)} only.`);
  }
  for (const family of ["epcis", "cbv"]) {
    const asked = (name: string) => numberOf(header(`gs1-${family}-${name}`));
    const version = asked("version");
    const least = asked("min");
    const most = asked("max");
    const isOther = version !== null && version !== TWO;
    if (isOther || (least !== null && least > TWO) || (most !== null && most < TWO)) {
      throw new HttpProblem(
        "epcis_not_acceptable",
        `The ${family.toUpperCase()} version that is asked for is not there.`,
      );
    }
  }
}

const TWO = numberOf(VERSION) ?? 0;

/** `2`, `2.0` and `2.0.0` are one version; null where none is named. */
function numberOf(version: string | undefined): number | null {
  if (version === undefined) return null;
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return major * 1e6 + minor * 1e3 + patch;
}

/** A query's answer in GS1's envelope. */
export function queryDocument(events: readonly JsonObject[], createdAtMs: number): object {
  return {
    "@context": [EPCIS_CONTEXT],
    type: "EPCISQueryDocument",
    schemaVersion: "2.0",
    creationDate: new Date(createdAtMs).toISOString(),
    epcisBody: { queryResults: { queryName: "SimpleEventQuery", resultsBody: { eventList: events } } },
  };
}

/** The `Link` of the next page: the same address with another token. */
export function nextLink(
  path: string,
  values: Readonly<Record<string, string>>,
  token: string | null,
): Record<string, string> {
  if (token === null) return {};
  const query = new URLSearchParams({ ...values, nextPageToken: token });
  return { link: `<${path}?${query.toString()}>; rel="next"` };
}

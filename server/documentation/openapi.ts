import { z } from "zod";
import { problemSchema } from "../../domain/api/problem.ts";
import type { Route } from "../http/route.ts";
import { PROBLEMS, type ProblemCode } from "../problems.ts";
import { analystOperations } from "./analyst-operations.ts";

/** Problems that any route with a key may answer. */
const COMMON: readonly ProblemCode[] = [
  "invalid_request",
  "unauthenticated",
  "forbidden",
  "internal_error",
  "request_timeout",
];
const COMMON_WITH_BODY: readonly ProblemCode[] = ["invalid_json", "body_too_large", "unsupported_media_type"];

type Operation = Record<string, unknown>;

/** OpenAPI 3.1 of the routes, made of the schemas that validate them. */
export function createOpenApi(routes: readonly Route[], version: string) {
  const paths: Record<string, Record<string, Operation>> = { "/clickhouse/": analystOperations() };
  for (const route of routes) {
    const path = route.path.replaceAll(/:([A-Za-z]+)/g, "{$1}");
    const operations = paths[path] ?? {};
    operations[route.method.toLowerCase()] = operationOf(route);
    paths[path] = operations;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Onhand",
      version,
      description:
        "What is in every store and warehouse, second by second, and what may be promised to a shopper.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A key: oh_<keyId>_<secret>" },
        session: { type: "apiKey", in: "cookie", name: "onhand_session" },
      },
      schemas: { Problem: toSchema(problemSchema, "output") },
    },
    paths,
  };
}

function operationOf(route: Route): Operation {
  const answer = route.answer;
  const isOpen = route.roles === "open";
  return {
    tags: [route.tag],
    summary: route.summary,
    operationId: operationId(route),
    ...(route.description === undefined ? {} : { description: route.description }),
    "x-roles": route.roles,
    security: isOpen ? [] : [{ key: [] }, { session: [] }],
    parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: route.isBodyOptional !== true,
            content: {
              "application/json": {
                schema: toSchema(route.bodyForDocs ?? route.body, "input"),
                ...(route.examples?.body === undefined ? {} : { example: route.examples.body }),
              },
            },
          },
        }),
    responses: {
      [String(answer?.status ?? 200)]: {
        description: answer?.description ?? "Done",
        ...(answer?.schema === undefined
          ? {}
          : {
              content: {
                [answer.contentType ?? "application/json"]: {
                  schema: toSchema(answer.schema, "output"),
                  ...(route.examples?.answer === undefined ? {} : { example: route.examples.answer }),
                },
              },
            }),
      },
      ...problemResponses(route),
    },
  };
}

/** Problems by status, each with the codes that say which. */
function problemResponses(route: Route): Record<string, unknown> {
  const codes = new Set<ProblemCode>([
    ...(route.roles === "open" ? (["internal_error"] as const) : COMMON),
    ...(route.body === undefined ? [] : COMMON_WITH_BODY),
    ...(route.problems ?? []),
  ]);
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses: Record<string, unknown> = {};
  for (const [status, list] of byStatus) {
    responses[String(status)] = {
      description: list.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join(". "),
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  return responses;
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): unknown[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toSchema(schema, "input") as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

/** For example `putReadersLocationIdReaderId`. */
function operationId(route: Route): string {
  const words = route.path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "" && word !== "v1");
  return (
    route.method.toLowerCase() + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("")
  );
}

/** JSON Schema 2020-12, as OpenAPI 3.1 and AsyncAPI 3 take it. Input: what may be sent; output: what is answered. */
export function toSchema(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override({ jsonSchema }) {
      // The pattern of a date-time is 300 characters long and says no more than its format.
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
  return rest;
}

import type { Context } from "hono";
import type { z } from "zod";
import { HttpProblem } from "../problems.ts";
import type { Route } from "./route.ts";

/** The query as an object of texts, or of lists where the route says so (repeated names, or values with commas). */
export function readQuery(route: Route, context: Context): unknown {
  if (route.query === undefined) return {};
  const values: Record<string, string | string[] | undefined> = {};
  const sent = context.req.queries();
  for (const name in sent) {
    const all = sent[name];
    if (all === undefined) continue;
    values[name] = route.listQueries?.includes(name) === true ? splitAll(all) : all.at(-1);
  }
  return parsed(route.query, values, "query");
}

function splitAll(values: string[]): string[] {
  const only = values[0];
  if (values.length === 1 && only !== undefined && only !== "" && !only.includes(",")) return values;
  return values.flatMap((value) => value.split(",")).filter((part) => part !== "");
}

/** Parses, or throws `invalid_request` with each place and reason. */
export function parsed<Value>(schema: z.ZodType<Value>, value: unknown, place: string): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, 20).map((issue) => ({
    at: [place, ...issue.path].join("."),
    reason: issue.message,
  }));
  const first = errors[0];
  throw new HttpProblem("invalid_request", `${first?.at ?? place}: ${first?.reason ?? "not valid"}.`, {
    errors,
  });
}

/** The body as JSON, never larger than `limitBytes`, whatever its Content-Length says. */
export async function readJsonBody(request: Request, limitBytes: number): Promise<unknown> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^application\/([a-z0-9.+-]+\+)?json\b/i.test(contentType)) {
    throw new HttpProblem("unsupported_media_type", `The body came as "${contentType.slice(0, 100)}".`);
  }
  const text = await readText(request, limitBytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HttpProblem(
      "invalid_json",
      error instanceof Error ? `${error.message}.` : "It cannot be parsed.",
    );
  }
}

/** The body's bytes, never more than `limitBytes`. */
export async function readRawBody(request: Request, limitBytes: number): Promise<Uint8Array> {
  checkLength(request, limitBytes);
  return await readChunks(request, limitBytes);
}

async function readText(request: Request, limitBytes: number): Promise<string> {
  const isAnnounced = checkLength(request, limitBytes);
  return isAnnounced ? await request.text() : (await readChunks(request, limitBytes)).toString("utf8");
}

/** @returns whether the length was said before. */
function checkLength(request: Request, limitBytes: number): boolean {
  const announced = request.headers.get("content-length");
  if (announced !== null && Number(announced) > limitBytes) throw tooLarge(limitBytes);
  return announced !== null;
}

function tooLarge(limitBytes: number): HttpProblem {
  const close = { connection: "close" };
  return new HttpProblem("body_too_large", `More than ${limitBytes} bytes.`, { limitBytes }, close);
}

async function readChunks(request: Request, limitBytes: number): Promise<Buffer> {
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > limitBytes) {
      await reader.cancel();
      throw tooLarge(limitBytes);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

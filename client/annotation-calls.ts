import { z } from "zod";
import {
  type AnnotationQuery,
  annotationSchema,
  annotationsSchema,
  type annotationWishSchema,
} from "../domain/api/annotations.ts";
import type { Call } from "./http.ts";

type Wish = z.input<typeof annotationWishSchema>;

/** What happened on a day or in a range of days, as charts over time show it. */
export function createAnnotationCalls(call: Call) {
  const pathOf = (annotationId: string) => `/v1/annotations/${encodeURIComponent(annotationId)}`;
  return {
    /** Those that touch the days, or all; with `location` its own and those of the whole company. */
    list: ({ signal, ...query }: AnnotationQuery & { signal?: AbortSignal } = {}) =>
      call("GET", "/v1/annotations", annotationsSchema, {
        query,
        ...(signal === undefined ? {} : { signal }),
      }),
    /** One that says the same already is answered, and nothing written. */
    create: (body: Wish) => call("POST", "/v1/annotations", annotationSchema, { body }),
    change: (annotationId: string, body: Wish) =>
      call("PUT", pathOf(annotationId), annotationSchema, { body }),
    remove: (annotationId: string) => call("DELETE", pathOf(annotationId), z.unknown()),
  };
}

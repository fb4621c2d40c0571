import { z } from "zod";
import {
  type Annotation,
  annotationQuerySchema,
  annotationSchema,
  annotationsSchema,
  type AnnotationWish,
  annotationWishSchema,
  MAX_ANNOTATIONS,
} from "../../domain/api/annotations.ts";
import { idSchema } from "../../domain/identifiers.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import { annotationIdOf } from "./annotation-id.ts";
import type { AnnotationStore } from "./annotation-store.ts";

const TAG = "Annotations";
const paramsSchema = z.object({ annotationId: idSchema });
const READERS = ["merchandiser", "analyst", "admin"] as const;
const WRITERS = ["merchandiser", "admin"] as const;
/** Of the same words, changed to say something else each time, so many may be there. */
const MAX_ROUNDS = 20;

const WISH_EXAMPLE = {
  from: "2026-11-27",
  to: "2026-11-30",
  locationId: null,
  text: "Black Friday campaign",
};
const EXAMPLE = {
  annotationId: "ann_5f0c1d2e3a4b5c6d7e8f9a0b",
  ...WISH_EXAMPLE,
  createdAt: "2026-11-02T09:00:00.000Z",
  createdBy: "key_7",
  changedAt: "2026-11-02T09:00:00.000Z",
  changedBy: "key_7",
};

/** What happened on a day or in a range of days: written by merchandisers, shown on every chart over time. */
export function createAnnotationRoutes(deps: {
  store: AnnotationStore;
  locations: { find(locationId: string): Promise<unknown> };
  audit: AuditLog;
  nowMs(): number;
}): Route[] {
  const { store, audit } = deps;

  async function find(annotationId: string): Promise<Annotation> {
    const annotation = await store.find(annotationId);
    if (annotation !== null) return annotation;
    throw new HttpProblem("annotation_not_found", `There is no annotation ${annotationId}.`);
  }

  async function checkLocation({ locationId }: AnnotationWish): Promise<void> {
    if (locationId === null || (await deps.locations.find(locationId)) !== null) return;
    throw new HttpProblem("location_not_found", `There is no location ${locationId}.`);
  }

  const now = (): string => new Date(deps.nowMs()).toISOString();
  const note = (caller: Caller, action: string, { annotationId, ...detail }: Annotation) =>
    audit.record({ actor: caller.keyId, action: `annotation.${action}`, subject: annotationId, detail });

  /** Where it is written, or the annotation that says the same already. */
  async function placeOf(wish: AnnotationWish): Promise<{ annotationId: string; found: Annotation | null }> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const annotationId = annotationIdOf(wish, round);
      const found = await store.find(annotationId);
      if (found === null || saysSame(found, wish)) return { annotationId, found };
    }
    throw tooMany();
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/annotations",
      tag: TAG,
      summary: "What happened, as charts over time show it; the newest day first",
      description:
        `Those that touch the days \`from\` to \`to\`, or all: there are never more than ${MAX_ANNOTATIONS}. With \`location\` its own and ` +
        "those of the whole company.",
      roles: READERS,
      query: annotationQuerySchema,
      examples: { answer: { items: [EXAMPLE] } },
      answer: { schema: annotationsSchema, description: "Annotations" },
      handle: async ({ query }) => ({ body: { items: await store.list(query) } }),
    }),
    defineRoute({
      method: "POST",
      path: "/v1/annotations",
      tag: TAG,
      summary: "Write down what happened on a day or in a range of days",
      description:
        "For the whole company or one location. One that says the same is there already: it is answered with 200 and nothing is " +
        "written, so that a repeat needs no idempotency key.",
      roles: WRITERS,
      body: annotationWishSchema,
      examples: { body: WISH_EXAMPLE, answer: EXAMPLE },
      answer: {
        status: 201,
        schema: annotationSchema,
        description: "The annotation; 200 where it was there",
      },
      problems: ["location_not_found", "too_many_annotations"],
      async handle({ body, caller }) {
        await checkLocation(body);
        const { annotationId, found } = await placeOf(body);
        if (found !== null) return { status: 200, body: found };
        if ((await store.list({})).length >= MAX_ANNOTATIONS) throw tooMany();
        const written = { createdAt: now(), createdBy: caller.keyId };
        const annotation = {
          annotationId,
          ...body,
          ...written,
          changedAt: written.createdAt,
          changedBy: caller.keyId,
        };
        await store.save(annotation);
        await note(caller, "create", annotation);
        return { status: 201, body: annotation };
      },
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/annotations/:annotationId",
      tag: TAG,
      summary: "Change what one says",
      roles: WRITERS,
      params: paramsSchema,
      body: annotationWishSchema,
      examples: { body: WISH_EXAMPLE, answer: EXAMPLE },
      answer: { schema: annotationSchema, description: "The annotation as it is now" },
      problems: ["annotation_not_found", "location_not_found"],
      async handle({ params, body, caller }) {
        const before = await find(params.annotationId);
        if (saysSame(before, body)) return { body: before };
        await checkLocation(body);
        const annotation = { ...before, ...body, changedAt: now(), changedBy: caller.keyId };
        await store.save(annotation);
        await note(caller, "change", annotation);
        return { body: annotation };
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/v1/annotations/:annotationId",
      tag: TAG,
      summary: "Take one back",
      roles: WRITERS,
      params: paramsSchema,
      answer: { status: 204, description: "It is gone" },
      problems: ["annotation_not_found"],
      async handle({ params, caller }) {
        const annotation = await find(params.annotationId);
        await store.remove({ ...annotation, changedAt: now(), changedBy: caller.keyId });
        await note(caller, "delete", annotation);
        return { status: 204 };
      },
    }),
  ];
}

function saysSame(annotation: Annotation, wish: AnnotationWish): boolean {
  return (
    annotation.from === wish.from &&
    annotation.to === wish.to &&
    annotation.locationId === wish.locationId &&
    annotation.text === wish.text
  );
}

function tooMany(): HttpProblem {
  return new HttpProblem("too_many_annotations", `There are ${MAX_ANNOTATIONS} annotations.`);
}

import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";

/** There are never more: a chart with more marks than that says nothing. */
export const MAX_ANNOTATIONS = 2_000;
/** Days from the first to the last of one. */
const MAX_DAYS = 366;
const DAY_MS = 86_400_000;

/** A day that the database can keep. */
const daySchema = z.iso
  .date()
  .refine((day) => day >= "1970-01-01" && day <= "2149-06-06", { error: "a day of 1970 to 2149" });
const textSchema = z.string().trim().min(1).max(120);

/** Body of `POST /v1/annotations` and `PUT /v1/annotations/{annotationId}`. */
export const annotationWishSchema = z
  .object({
    /** The first and the last day that it is about: days of the calendar that the charts are read in. The same for one day. */
    from: daySchema,
    to: daySchema,
    /** Null: the whole company. */
    locationId: idSchema.nullable().default(null),
    /** What happened, in words. Every reader of reports sees it: nothing about a person. */
    text: textSchema,
  })
  .refine(({ from, to }) => from <= to, { error: "`to` is not before `from`", path: ["to"] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < MAX_DAYS * DAY_MS, {
    error: `at most ${MAX_DAYS} days`,
    path: ["to"],
  });
export type AnnotationWish = z.infer<typeof annotationWishSchema>;

/** What happened on a day or in a range of days, as charts over time show it. */
export const annotationSchema = z.object({
  annotationId: idSchema,
  from: z.iso.date(),
  to: z.iso.date(),
  locationId: idSchema.nullable(),
  text: z.string(),
  createdAt: instantSchema,
  /** Key ids. */
  createdBy: z.string(),
  changedAt: instantSchema,
  changedBy: z.string(),
});
export type Annotation = z.infer<typeof annotationSchema>;

export const annotationsSchema = z.object({ items: z.array(annotationSchema) });

/** Query of `GET /v1/annotations`: those that touch these days; with `location` its own and those of the whole company. */
export const annotationQuerySchema = z.object({
  from: daySchema.optional(),
  to: daySchema.optional(),
  location: idSchema.optional(),
});
export type AnnotationQuery = z.infer<typeof annotationQuerySchema>;

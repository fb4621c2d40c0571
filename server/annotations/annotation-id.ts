import { createHash } from "node:crypto";
import type { AnnotationWish } from "../../domain/api/annotations.ts";

/**
 * The id of an annotation is made of what it says, so that the same wish sent twice, at whichever servers, is one annotation. An id
 * stays when the annotation is changed: of a wish whose id says something else by now, `round` makes the next.
 */
export function annotationIdOf({ from, to, locationId, text }: AnnotationWish, round: number): string {
  const hash = createHash("sha256").update(JSON.stringify([from, to, locationId, text, round]));
  return `ann_${hash.digest("hex").slice(0, 24)}`;
}

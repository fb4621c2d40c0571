import { z } from "zod";
import { idSchema } from "../../../domain/identifiers.ts";
import type { RouteRequest } from "../../http/route.ts";
import { HttpProblem } from "../../problems.ts";
import { readKey } from "../../reservations/read-key.ts";
import type { TaskAsker } from "../task-desk.ts";

export const TAG = "Store work";
/** Who works tasks: a store's own. A merchandiser may ask for a look. */
export const ROLES = ["store", "merchandiser", "admin"] as const;
export const paramsSchema = z.object({ taskId: idSchema });
export const COMMAND_PROBLEMS = [
  "task_not_found",
  "location_not_allowed",
  "idempotency_key_missing",
  "idempotency_key_reused",
  "not_ready",
  "not_the_writer",
  "reservations_busy",
] as const;

/** Who asks, and under which key. Throws `idempotency_key_missing`. */
export function askerOf(
  request: Pick<RouteRequest<unknown, unknown, unknown>, "caller" | "header" | "body">,
  path: string,
): TaskAsker {
  const { caller, body } = request;
  const key = readKey(request, { path, body }, { isRequired: true });
  if (key === null)
    throw new HttpProblem("idempotency_key_missing", "The request carries no Idempotency-Key.");
  return {
    actor: { kind: caller.role === "store" ? "device" : "staff", id: caller.keyId },
    device: caller.keyId,
    key,
    locationId: caller.role === "store" ? caller.locationId : null,
  };
}

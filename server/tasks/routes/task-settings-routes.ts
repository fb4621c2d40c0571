import { z } from "zod";
import { idSchema } from "../../../domain/identifiers.ts";
import { taskSettingsSchema } from "../../../domain/tasks/task-settings.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { type Caller, defineRoute, type Route } from "../../http/route.ts";
import type { TaskRole } from "../task-role.ts";
import type { TaskSettingsBook } from "../task-settings-book.ts";

const paramsSchema = z.object({ locationId: idSchema });
/** `isOwn`: the location's own, not those of all. */
const answerSchema = z.object({ settings: taskSettingsSchema, isOwn: z.boolean() });
const READERS = ["store", "merchandiser", "admin"] as const;

/** How locations work on tasks: all, and one. */
export function createTaskSettingsRoutes(deps: {
  settings: TaskSettingsBook;
  role: TaskRole;
  audit: AuditLog;
}): Route[] {
  const { settings, role } = deps;

  /** The server that runs the clocks answers: it alone is sure to know. */
  function answerOf(locationId: string) {
    role.session();
    return { body: { settings: settings.settingsOf(locationId), isOwn: settings.own(locationId) !== null } };
  }

  async function put(caller: Caller, locationId: string, body: z.output<typeof taskSettingsSchema>) {
    role.session();
    await settings.save(locationId, body, caller.keyId);
    await deps.audit.record({
      actor: caller.keyId,
      action: "task_settings.put",
      subject: locationId === "" ? "all" : locationId,
      detail: body,
    });
    return answerOf(locationId);
  }

  const words = {
    tag: "Settings",
    answer: { schema: answerSchema, description: "The settings in force" },
    examples: { answer: { settings: taskSettingsSchema.parse({}), isOwn: false } },
    problems: ["not_ready", "not_the_writer"],
  } as const;
  return [
    defineRoute({
      method: "GET",
      path: "/v1/settings/tasks",
      ...words,
      summary: "How locations without settings of their own work on tasks",
      roles: READERS,
      handle: () => answerOf(""),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/settings/tasks",
      ...words,
      summary: "Change how they do; what is left out has its default",
      roles: ["admin"],
      body: taskSettingsSchema,
      handle: ({ caller, body }) => put(caller, "", body),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/settings/tasks/:locationId",
      ...words,
      summary: "How one location works on tasks",
      roles: READERS,
      params: paramsSchema,
      handle: ({ params }) => answerOf(params.locationId),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/settings/tasks/:locationId",
      ...words,
      summary: "Change how it does",
      roles: ["admin"],
      params: paramsSchema,
      body: taskSettingsSchema,
      handle: ({ params, caller, body }) => put(caller, params.locationId, body),
    }),
  ];
}

import { z } from "zod";
import { pageQuerySchema, pageSchema } from "../../../domain/api/paging.ts";
import { idSchema } from "../../../domain/identifiers.ts";
import { needsPerson } from "../../../domain/tasks/task-book.ts";
import {
  LIVE_TASK_STATES,
  type Task,
  taskAnswerSchema,
  taskKindSchema,
  taskStateSchema,
} from "../../../domain/tasks/task.ts";
import { taskWishSchema } from "../../../domain/tasks/task-commands.ts";
import { toNumbers } from "../../availability/availability-routes.ts";
import { decodeCursor, toPage } from "../../http/cursor.ts";
import { type Caller, defineRoute, type Route } from "../../http/route.ts";
import { HttpProblem } from "../../problems.ts";
import { toRouteAnswer } from "../../reservations/reservation-desk.ts";
import type { TaskDesk } from "../task-desk.ts";
import { createCommandRoutes } from "./command-routes.ts";
import { TASK_EXAMPLE, WISH_EXAMPLE } from "./task-examples.ts";
import { askerOf, COMMAND_PROBLEMS, paramsSchema, ROLES, TAG } from "./task-words.ts";

const listQuerySchema = pageQuerySchema.omit({ query: true }).extend({
  location: idSchema.optional(),
  kind: taskKindSchema.optional(),
  state: taskStateSchema.optional(),
  owner: z.string().max(100).optional(),
  orderId: idSchema.optional(),
  needsPerson: z.enum(["true", "false"]).optional(),
  overdue: z.enum(["true", "false"]).optional(),
});
type ListQuery = z.output<typeof listQuerySchema>;

/** Work for the staff of a store: what is to do, and what they say of it. */
export function createTaskRoutes(deps: { desk: TaskDesk }): Route[] {
  const { desk } = deps;
  return [
    defineRoute({
      method: "GET",
      path: "/v1/tasks",
      tag: TAG,
      summary: "What is to do, what waits longest first",
      description:
        "Without `state` what is open or accepted; with it also what ended in the last two days. `needsPerson=true`: with work " +
        "that came too late to count, which nobody has settled. `overdue=true`: what should have been done. A key of a store sees its own location.",
      roles: ROLES,
      query: listQuerySchema,
      answer: { schema: pageSchema(taskAnswerSchema), description: "A page" },
      problems: ["invalid_cursor", "location_not_allowed", "not_ready", "not_the_writer"],
      handle({ query, caller }) {
        const location = ownLocation(caller, query.location);
        const cursor = decodeCursor(query.cursor, ["string", "string"]);
        const fits = (task: Task) =>
          (location === null || task.locationId === location) &&
          isWished(task, query) &&
          (query.overdue === undefined || desk.isOverdue(task) === (query.overdue === "true")) &&
          (cursor === null || isAfter(task, String(cursor[0]), String(cursor[1])));
        const found = desk.list(fits, isOfLiveOnly(query));
        found.sort((one, other) => (isAfter(one, other.createdAt, other.taskId) ? 1 : -1));
        const page = toPage(found, query.limit, (task) => [task.createdAt, task.taskId]);
        return { body: { items: page.items.map(desk.answerOf), nextCursor: page.nextCursor } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/tasks/:taskId",
      tag: TAG,
      summary: "One task, also one that ended long ago",
      roles: ROLES,
      params: paramsSchema,
      examples: { answer: TASK_EXAMPLE },
      answer: { schema: taskAnswerSchema, description: "The task" },
      problems: ["task_not_found", "location_not_allowed", "not_ready", "not_the_writer"],
      async handle({ params, caller }) {
        const task = await desk.find(params.taskId);
        ownLocation(caller, task.locationId);
        return { body: desk.answerOf(task) };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/tasks",
      tag: TAG,
      summary: "Ask for a look at units that may not be there",
      description:
        "Answers 200 with the task that is open for the same units already, if there is one. `done` says that they are there, " +
        "`short` takes them off the books.",
      roles: ROLES,
      body: taskWishSchema,
      examples: { body: WISH_EXAMPLE, answer: { ...TASK_EXAMPLE, kind: "check_ghost" } },
      answer: { status: 201, schema: taskAnswerSchema, description: "The task" },
      problems: ["invalid_gtin", "invalid_epc", ...COMMAND_PROBLEMS],
      async handle(request) {
        toNumbers([request.body.gtin]);
        return toRouteAnswer(await desk.ask(request.body, askerOf(request, "ask")));
      },
    }),
    ...createCommandRoutes({ desk }),
  ];
}

function isWished(task: Task, query: ListQuery): boolean {
  return (
    (query.kind === undefined || task.kind === query.kind) &&
    (query.state === undefined || task.state === query.state) &&
    (query.owner === undefined || task.owner?.id === query.owner) &&
    (query.orderId === undefined || task.orderId === query.orderId) &&
    (query.needsPerson === undefined || needsPerson(task) === (query.needsPerson === "true"))
  );
}

/** A question for conflicts, or for a state that has ended, is one for tasks that ended too. */
function isOfLiveOnly({ state, needsPerson: wished }: ListQuery): boolean {
  if (state === undefined) return wished === undefined;
  return LIVE_TASK_STATES.includes(state);
}

/** The location that is meant; null for all. Throws where a key is of another. */
function ownLocation(caller: Caller, location: string | undefined): string | null {
  const own = caller.role === "store" ? caller.locationId : null;
  if (own !== null && location !== undefined && location !== own) {
    throw new HttpProblem("location_not_allowed", `The key is of ${own}.`, { allowed: own });
  }
  return location ?? own;
}

function isAfter(task: Task, createdAt: string, taskId: string): boolean {
  return task.createdAt === createdAt ? task.taskId > taskId : task.createdAt > createdAt;
}

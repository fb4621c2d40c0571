import type { z } from "zod";
import { taskAnswerSchema } from "../../../domain/tasks/task.ts";
import {
  acceptSchema,
  commentSchema,
  doneSchema,
  progressSchema,
  releaseTaskSchema,
  seenSchema,
  shortTaskSchema,
  type TaskCommand,
} from "../../../domain/tasks/task-commands.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { ProblemCode } from "../../problems.ts";
import { toRouteAnswer } from "../../reservations/reservation-desk.ts";
import type { TaskDesk } from "../task-desk.ts";
import {
  COMMENT_EXAMPLE,
  DONE_EXAMPLE,
  PROGRESS_EXAMPLE,
  SHORT_EXAMPLE,
  TASK_EXAMPLE,
  WHO_EXAMPLE,
} from "./task-examples.ts";
import { askerOf, COMMAND_PROBLEMS, paramsSchema, ROLES, TAG } from "./task-words.ts";

type Command<Body extends z.ZodType> = {
  name: TaskCommand["command"];
  summary: string;
  description?: string;
  body: Body;
  example: unknown;
  isBodyOptional?: boolean;
  problems?: readonly ProblemCode[];
  toCommand(body: z.output<Body>): TaskCommand;
};

const WORK = ["task_state", "wrong_item"] as const;

/** What staff say of a task. The same `Idempotency-Key` gets the first answer again, for a day. */
export function createCommandRoutes({ desk }: { desk: TaskDesk }): Route[] {
  function route<Body extends z.ZodType>(command: Command<Body>): Route {
    return defineRoute({
      method: "POST",
      path: `/v1/tasks/:taskId/${command.name}`,
      tag: TAG,
      summary: command.summary,
      ...(command.description === undefined ? {} : { description: command.description }),
      roles: ROLES,
      params: paramsSchema,
      body: command.body,
      isBodyOptional: command.isBodyOptional === true,
      examples: { body: command.example, answer: TASK_EXAMPLE },
      answer: { schema: taskAnswerSchema, description: "The task after it" },
      problems: [...COMMAND_PROBLEMS, ...(command.problems ?? [])],
      async handle(request) {
        const { taskId } = request.params;
        const asker = askerOf(request, `${taskId}/${command.name}`);
        return toRouteAnswer(await desk.command(taskId, command.toCommand(request.body), asker));
      },
    });
  }

  return [
    route({
      name: "seen",
      summary: "A device shows the task",
      body: seenSchema,
      example: WHO_EXAMPLE,
      isBodyOptional: true,
      toCommand: (body) => ({ command: "seen", ...body }),
    }),
    route({
      name: "accept",
      summary: "I do it",
      description: "409 when somebody else does, unless `takeOver`.",
      body: acceptSchema,
      example: WHO_EXAMPLE,
      isBodyOptional: true,
      problems: ["task_state"],
      toCommand: (body) => ({ command: "accept", ...body }),
    }),
    route({
      name: "release",
      summary: "Somebody else shall do it",
      body: releaseTaskSchema,
      example: WHO_EXAMPLE,
      isBodyOptional: true,
      problems: ["task_state"],
      toCommand: (body) => ({ command: "release", ...body }),
    }),
    route({
      name: "progress",
      summary: "Units were scanned",
      description:
        "A line is named by its id, its GTIN, or by the scanned items alone. What is not wanted is 422 `wrong_item`. An item " +
        "counts once, however often it is scanned.",
      body: progressSchema,
      example: PROGRESS_EXAMPLE,
      problems: WORK,
      toCommand: (body) => ({ command: "progress", ...body }),
    }),
    route({
      name: "done",
      summary: "All that was left of it is done",
      description:
        "The order goes on with it: what was picked is staged next, what was staged is ready, what was handed over is sold. Too " +
        "late is 409 `task_state`: what was done is noted on the task.",
      body: doneSchema,
      example: DONE_EXAMPLE,
      isBodyOptional: true,
      problems: [...WORK, "sale_rejected", "broker_unavailable", "outcome_unknown"],
      toCommand: (body) => ({ command: "done", ...body }),
    }),
    route({
      name: "short",
      summary: "Units cannot be had here",
      description:
        "Takes them off the books (`not_found`) or off what can be sold (`damaged`), gives their hold back, and leaves a notice that " +
        "the customer has to be told, with where else the units are.",
      body: shortTaskSchema,
      example: SHORT_EXAMPLE,
      problems: [...WORK, "outcome_unknown"],
      toCommand: (body) => ({ command: "short", ...body }),
    }),
    route({
      name: "comment",
      summary: "Say something to colleagues; `settles`: late work was looked at",
      body: commentSchema,
      example: COMMENT_EXAMPLE,
      toCommand: (body) => ({ command: "comment", ...body }),
    }),
  ];
}

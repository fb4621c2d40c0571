import { expect, it } from "vitest";
import { progressSchema, taskMessageSchema } from "../../domain/tasks/task-commands.ts";
import { taskSettingsSchema } from "../../domain/tasks/task-settings.ts";
import { TASK_KINDS } from "../../domain/tasks/task.ts";
import { readProjectFile } from "./source-text.ts";

const document = readProjectFile("docs/tasks.md");

it("docs/tasks.md: its examples are what the schemas take", () => {
  const [progress, message] = [...document.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) =>
    JSON.parse(text ?? ""),
  );
  expect(progressSchema.parse(progress)).toMatchObject(progress);
  expect(taskMessageSchema.parse(message)).toMatchObject(message);
});

it("docs/tasks.md: the minutes are the defaults", () => {
  const { clocks } = taskSettingsSchema.parse({});
  for (const name of [
    "dueMinutes",
    "remindAfterMinutes",
    "remindEveryMinutes",
    "escalateAfterMinutes",
    "escalateAgainMinutes",
  ] as const) {
    const row = new RegExp(`^\\| \`${name}\`[^|]*\\|(.*)\\|$`, "m").exec(document)?.[1] ?? "";
    expect(row.split("|").map(Number)).toEqual(TASK_KINDS.map((kind) => clocks[kind][name]));
  }
});

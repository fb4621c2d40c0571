import { Counter, Gauge, type Registry } from "prom-client";
import { needsPerson } from "../../domain/tasks/task-book.ts";
import { isOverdue } from "../../domain/tasks/task-clock.ts";
import type { Task } from "../../domain/tasks/task.ts";
import type { TaskRole } from "./task-role.ts";

/** How much work waits, counted when it is asked for. Absent where another server writes tasks. */
export function registerTaskMetrics(deps: { registry: Registry; role: TaskRole; nowMs(): number }): void {
  const { registry, role } = deps;
  const gauges: [string, string, (task: Task) => boolean][] = [
    ["onhand_tasks_open", "Tasks that are to be done", () => true],
    ["onhand_tasks_untaken", "Of these, tasks that nobody has taken", (task) => task.state === "open"],
    [
      "onhand_tasks_overdue",
      "Of these, tasks that should have been done",
      (task) => isOverdue(task, deps.nowMs()),
    ],
    ["onhand_tasks_escalated", "Of these, tasks that were escalated", (task) => task.escalation > 0],
  ];
  for (const [name, help, counts] of gauges) {
    const gauge: Gauge<"kind"> = new Gauge({
      name,
      help,
      labelNames: ["kind"],
      registers: [registry],
      collect() {
        gauge.reset();
        for (const task of role.current()?.book.live() ?? [])
          if (counts(task)) gauge.inc({ kind: task.kind });
      },
    });
  }
  const conflicts: Gauge = new Gauge({
    name: "onhand_task_conflicts",
    help: "Tasks with work that came too late to count, and nobody has settled",
    registers: [registry],
    collect: () => conflicts.set([...(role.current()?.book.all() ?? [])].filter(needsPerson).length),
  });
  const changes = new Counter({
    name: "onhand_task_changes_total",
    help: "Changes of tasks, by what happened",
    labelNames: ["change"],
    registers: [registry],
  });
  role.onChanged((told) => {
    for (const { kind } of told) changes.inc({ change: kind });
  });
}

import type { Logger } from "pino";
import { clockChanges } from "../../domain/tasks/task-clock.ts";
import type { TaskSettings } from "../../domain/tasks/task-settings.ts";
import { pause } from "../../sql/pause.ts";
import type { TaskRole, TaskSession } from "./task-role.ts";

const TICK_MS = 500;

/** Reminds and escalates when the time of a task has come, within a second. */
export function runClocks(deps: {
  role: TaskRole;
  settingsOf(locationId: string): TaskSettings;
  logger: Logger;
  nowMs(): number;
}): void {
  async function tick(session: TaskSession): Promise<void> {
    const nowMs = deps.nowMs();
    for (const { taskId, orderId, ...task } of session.book.live()) {
      const settings = deps.settingsOf(task.locationId);
      if (clockChanges({ taskId, orderId, ...task }, settings, nowMs).length === 0) continue;
      await session.serial.run(orderId ?? taskId, async () => {
        const now = session.book.find(taskId);
        if (now !== undefined) await session.write(clockChanges(now, settings, nowMs), null);
      });
    }
  }

  deps.role.onSession(async (session) => {
    while (await pause(TICK_MS, session.signal)) {
      try {
        await tick(session);
      } catch (error) {
        if (!session.signal.aborted)
          deps.logger.warn({ err: error }, "clocks of tasks are late; tried again");
      }
    }
  });
}

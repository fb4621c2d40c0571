import { useEffect } from "react";
import { isLiveTask } from "../../../domain/tasks/task.ts";
import { useStore, useWork } from "../app/store-context.tsx";
import type { BoardTask } from "../work/project-tasks.ts";

/** Tells who asked that this device shows the task: once, and only while the network is there, since it is of no use later. */
export function useSeen({ task, isForeseen }: BoardTask): void {
  const { client } = useStore();
  const { facts, connection } = useWork();
  const { device } = facts;
  const isNews =
    !isForeseen &&
    connection === "live" &&
    isLiveTask(task) &&
    !task.seenBy.some((seen) => seen.device === device);
  const { taskId } = task;
  useEffect(() => {
    if (!isNews) return;
    const idempotencyKey = `seen-${device}-${taskId}`.slice(0, 200);
    // That it was seen helps nobody enough to bother the person here with a failure.
    client.tasks.seen(taskId, { device }, { idempotencyKey }).catch(() => undefined);
  }, [client, device, isNews, taskId]);
}

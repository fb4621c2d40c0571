import { expect } from "vitest";
import type { TaskAnswer, TaskKind } from "../../domain/tasks/task.ts";
import type { OrderSystem } from "./order-system.ts";

/** What the staff of store `S01` see and say. Work at other stores is done by an admin. */
export function createStoreStaff(at: OrderSystem) {
  const list = async (query: string) => {
    const answer = await at
      .at()
      .ask<{ items: TaskAnswer[] }>("GET", `/v1/tasks?${query}`, 200, { as: "admin" });
    return answer.items;
  };

  const staff = {
    /** All that is to do for an order. */
    live: (orderId: string) => list(`orderId=${orderId}`),
    /** The live task of a kind for an order, as soon as it is there. */
    async task(orderId: string, kind: TaskKind): Promise<TaskAnswer> {
      const query = `orderId=${orderId}&kind=${kind}`;
      await expect.poll(() => list(query)).not.toEqual([]);
      return (await list(query))[0]!;
    },
    /** A command; `status` is what is expected of it. */
    say<Answer = TaskAnswer>(
      task: Pick<TaskAnswer, "taskId" | "locationId">,
      name: string,
      body: object,
      status = 200,
      key = at.newKey(),
    ): Promise<Answer> {
      const path = `/v1/tasks/${task.taskId}/${name}`;
      const as = task.locationId === "S01" ? "store" : "admin";
      return at.at().ask<Answer>("POST", path, status, { as, body, headers: { "idempotency-key": key } });
    },
    /** All messages of a topic from now on. */
    async listen<Message>(topic: string): Promise<Message[]> {
      const heard: Message[] = [];
      await at.bus.subscribe(topic, (_topic, payload) => {
        heard.push(JSON.parse(Buffer.from(payload).toString("utf8")) as Message);
      });
      return heard;
    },
  };
  return staff;
}

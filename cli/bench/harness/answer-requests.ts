import { z } from "zod";

const requestSchema = z.object({ id: z.number(), request: z.string(), params: z.unknown() });

type Handler = (params: unknown) => Promise<unknown>;

/**
 * The child's side of `startChild`: answers the parent's requests by name, one after the other or at once as they come.
 * `hello` and `cpu` are answered for every child; `stop` runs `onStop` and ends the process, as does losing the parent.
 */
export function answerRequests(handlers: Record<string, Handler>, onStop?: () => Promise<void>): void {
  const all: Record<string, Handler> = {
    hello: async () => null,
    cpu: async () => process.cpuUsage(),
    ...handlers,
  };
  const end = async (): Promise<void> => {
    await onStop?.();
    process.exit(0);
  };
  process.on("disconnect", () => void end());
  process.on("message", (message) => {
    const { id, request, params } = requestSchema.parse(message);
    if (request === "stop") {
      void end();
      return;
    }
    const handler = all[request];
    const answer =
      handler === undefined ? Promise.reject(new Error(`no request "${request}"`)) : handler(params);
    answer.then(
      (value: unknown) => process.send?.({ id, value }),
      (error: unknown) =>
        process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
}

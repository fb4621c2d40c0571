import { useTranslation } from "react-i18next";
import { useRef, useState } from "react";
import { ApiProblem } from "../../../client/api-problem.ts";
import { createIdempotencyKey } from "../../../client/idempotency-key.ts";
import { useStore } from "../app/store-context.tsx";
import { judgeFailure } from "../outbox/judge-failure.ts";
import { createCommandKeys } from "./command-keys.ts";

/** Why there is no answer. `isUnknown`: it may or may not count, and the same wish asks what became of it. */
export type CommandFailure = { code: string; title: string; detail: string; isUnknown: boolean };

export type Command<Wish, Answer> = {
  isSending: boolean;
  failure: CommandFailure | null;
  /** Resolves with the server's answer; null when there is none, and `failure` says why. A second press while it runs does nothing. */
  send(wish: Wish): Promise<Answer | null>;
  clear(): void;
};

/**
 * Something that only the server can decide, so it waits in no outbox: nothing is said to be done before it has answered.
 * `onRefused` is told of a refusal that it has words of its own for, and says so by true.
 */
export function useCommand<Wish, Answer>(
  run: (wish: Wish, options: { idempotencyKey: string }) => Promise<Answer>,
  onRefused: (problem: ApiProblem) => boolean = () => false,
): Command<Wish, Answer> {
  const { t } = useTranslation();
  const { board } = useStore();
  const [keys] = useState(() => createCommandKeys(createIdempotencyKey));
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<CommandFailure | null>(null);
  // A second press comes before the page is drawn anew.
  const isBusy = useRef(false);

  function fail(error: unknown): void {
    const verdict = judgeFailure(error);
    const isUnknown = verdict.kind !== "refused" && verdict.kind !== "signed_out";
    if (!isUnknown) keys.settled();
    if (error instanceof ApiProblem) {
      board.notHeard(error);
      const { code, title, detail } = error;
      return setFailure(onRefused(error) ? null : { code, title, detail, isUnknown });
    }
    const detail = error instanceof Error ? error.message : String(error);
    setFailure({ code: "page_failed", title: t("The page failed"), detail, isUnknown });
  }

  return {
    isSending,
    failure,
    clear: () => setFailure(null),
    async send(wish) {
      if (isBusy.current) return null;
      isBusy.current = true;
      setSending(true);
      try {
        const answer = await run(wish, { idempotencyKey: keys.keyFor(wish) });
        keys.settled();
        setFailure(null);
        return answer;
      } catch (error) {
        fail(error);
        return null;
      } finally {
        isBusy.current = false;
        setSending(false);
      }
    },
  };
}

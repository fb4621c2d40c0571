import { useTranslation } from "react-i18next";
import { useState } from "react";
import { showToast } from "../../src/ui/toasts.tsx";
import { useStore } from "../app/store-context.tsx";
import type { Refusal } from "../outbox/outbox-entry.ts";
import type { Wish } from "../work/work-board.ts";

export type Press = {
  /** Why the last thing could not be done; null when it was done. */
  refusal: Refusal | null;
  clear(): void;
  /** @returns whether it was done on this device. */
  press(wish: Wish): Promise<boolean>;
  /** Says that something can't be done, as a refusal does. */
  refuse(title: string, detail: string): void;
};

/** Does things on the board, and says loudly when something can't be done. */
export function usePress(): Press {
  const { t } = useTranslation();
  const { board } = useStore();
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  function refuse(title: string, detail: string, code = "wrong_scan"): void {
    // Whoever scans looks at the goods, not at the screen.
    if ("vibrate" in navigator) navigator.vibrate([200, 80, 200]);
    setRefusal({ status: 0, code, title, detail });
  }

  return {
    refusal,
    clear: () => setRefusal(null),
    refuse,
    async press(wish) {
      try {
        const refused = await board.press(wish);
        if (refused === null) setRefusal(null);
        else
          refuse(
            refused.code === "wrong_item" ? t("Wrong product") : t("This can't be done"),
            refused.detail,
            refused.code,
          );
        return refused === null;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        showToast(
          "bad",
          t("Not kept"),
          t("{{reason}}. Nothing was done: make room on this device and try again.", { reason: why }),
        );
        return false;
      }
    },
  };
}

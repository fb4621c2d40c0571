import type { TFunction } from "i18next";
import { useEffect, useRef } from "react";
import { PAGES } from "./page-list.ts";

export type Shortcut = { keys: string; label: string };

/** What the help shows. */
export function shortcuts(t: TFunction): readonly Shortcut[] {
  return [
    { keys: "Ctrl K", label: t("Find anything") },
    { keys: "/", label: t("Search") },
    ...PAGES.map(({ keys, label }) => ({ keys, label: t("Go to: {{page}}", { page: label(t) }) })),
    { keys: t("↑ ↓  or  k j"), label: t("Move through rows") },
    { keys: "Enter", label: t("Open the row") },
    { keys: "Esc", label: t("Close") },
    { keys: "t", label: t("Next theme") },
    { keys: "?", label: t("This help") },
  ];
}

const SEQUENCE_MS = 1000;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, select, textarea, dialog, [data-typing]") !== null
  );
}

/** Calls `run` with the keys typed outside of fields: one character, or `g` and one more within a second. */
export function useShortcuts(run: (keys: string) => boolean): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    let goAtMs = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "g") {
        goAtMs = Date.now();
        return;
      }
      const isSequence = Date.now() - goAtMs < SEQUENCE_MS;
      goAtMs = 0;
      if (latest.current(isSequence ? `g ${event.key}` : event.key)) event.preventDefault();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

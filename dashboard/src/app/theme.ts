import { useSyncExternalStore } from "react";

/** `system` follows the operating system, also when it changes at dusk. */
export type ThemeChoice = "system" | "light" | "dark";

const KEY = "onhand.theme";
const NEXT: Record<ThemeChoice, ThemeChoice> = { system: "light", light: "dark", dark: "system" };
const listeners = new Set<() => void>();
let choice: ThemeChoice | null = null;

function readChoice(): ThemeChoice {
  if (choice !== null) return choice;
  try {
    const stored = localStorage.getItem(KEY);
    choice = stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    // A browser that keeps nothing still has a theme.
    choice = "system";
  }
  return choice;
}

/** Paper is white, whatever the screen is. */
function apply(): void {
  const isDark =
    readChoice() === "dark" ||
    (readChoice() === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset["theme"] = isDark && !matchMedia("print").matches ? "dark" : "light";
  const colour = getComputedStyle(document.documentElement).getPropertyValue("--canvas").trim();
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", colour);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The chosen theme, and the step to the next one: system, light, dark. */
export function useTheme(): { choice: ThemeChoice; next: () => void } {
  return { choice: useSyncExternalStore(subscribe, readChoice), next: nextTheme };
}

export function nextTheme(): void {
  choice = NEXT[readChoice()];
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Kept for this page only.
  }
  apply();
  for (const listener of listeners) listener();
}

/** Follows the system's theme; the answer stops it. */
export function followSystemTheme(): () => void {
  const media = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("print")];
  apply();
  for (const each of media) each.addEventListener("change", apply);
  return () => {
    for (const each of media) each.removeEventListener("change", apply);
  };
}

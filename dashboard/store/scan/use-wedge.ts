import { useEffect, useEffectEvent } from "react";

/** A scanner types much faster than this; what comes slower is a person at some key. */
const PAUSE_MS = 300;
const SHORTEST = 8;

/** Listens to a scanner that types like a keyboard and ends with Enter, wherever on the page the focus is but in a field. */
export function useWedge(onScan: (text: string) => void): void {
  const scanned = useEffectEvent(onScan);
  useEffect(() => {
    let typed = "";
    let lastMs = 0;
    const take = (event: KeyboardEvent): void => {
      const { target, key, timeStamp } = event;
      if (target instanceof HTMLElement && target.closest("input, textarea, select, dialog") !== null) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (timeStamp - lastMs > PAUSE_MS) typed = "";
      lastMs = timeStamp;
      if (key === "Enter" && typed.length >= SHORTEST) {
        // Else Enter would press the button that has the focus.
        event.preventDefault();
        const text = typed;
        typed = "";
        scanned(text);
      } else if (key.length === 1) typed += key;
    };
    addEventListener("keydown", take, { capture: true });
    return () => removeEventListener("keydown", take, { capture: true });
  }, []);
}

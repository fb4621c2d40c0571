import { useEffect } from "react";
import { loadAhead } from "./lazy-pages.tsx";

const TOWARDS = ["pointerover", "focusin"];

/** Loads the script of a page when the pointer or the focus comes to a link to it, or a finger: before it is opened. */
export function useLoadAhead(): void {
  useEffect(() => {
    const onTowards = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
      if (link?.origin === location.origin) loadAhead(link.pathname);
    };
    for (const each of TOWARDS) addEventListener(each, onTowards);
    return () => {
      for (const each of TOWARDS) removeEventListener(each, onTowards);
    };
  }, []);
}

import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** For a row of links that may be wider than its place: the one to the page at hand is never cut off. */
export function useCurrentInView() {
  const { pathname } = useLocation();
  const row = useRef<HTMLElement>(null);
  // oxlint-disable-next-line react/exhaustive-deps -- the address says which link is the current one
  useEffect(() => {
    const links = row.current;
    if (links === null) return undefined;
    const show = () =>
      links.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const observer = new ResizeObserver(show);
    observer.observe(links);
    return () => observer.disconnect();
  }, [pathname]);
  return row;
}

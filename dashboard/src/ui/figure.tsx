import { type ReactNode, useCallback, useState } from "react";
import "./figure.css";

type FigureProps = { label: string; unit?: string; title: string; children: ReactNode };

/** A figure with its unit; `title` is its definition. */
export function Figure({ label, unit, title, children }: FigureProps) {
  return (
    <div className="figure" title={title}>
      <dt>{label}</dt>
      <dd>
        {children} {unit === undefined ? null : <small>{unit}</small>}
      </dd>
    </div>
  );
}

/** A row of figures. It scrolls sideways where the screen is narrow, and takes the focus then, so that keys can scroll it. */
export function Figures({ label, children }: { label: string; children: ReactNode }) {
  const [isScrolling, setScrolling] = useState(false);
  const measure = useCallback((list: HTMLDListElement | null) => {
    if (list === null) return undefined;
    const observer = new ResizeObserver(() => setScrolling(list.scrollWidth > list.clientWidth));
    observer.observe(list);
    return () => observer.disconnect();
  }, []);
  return (
    <section aria-label={label} className="figures-frame">
      <dl className="figures" tabIndex={isScrolling ? 0 : undefined} ref={measure}>
        {children}
      </dl>
    </section>
  );
}

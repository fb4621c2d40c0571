import type { ReactNode } from "react";
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

/** A row of figures. */
export function Figures({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} className="figures-frame">
      <dl className="figures">{children}</dl>
    </section>
  );
}

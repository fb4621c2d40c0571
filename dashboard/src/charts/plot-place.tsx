import { type ComponentType, lazy, type ReactNode, Suspense } from "react";

/** A plot whose script is loaded when one is shown. */
export function lazyPlot<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }));
}

/** Holds the place of a plot, so that nothing moves when it comes. */
export function PlotPlace({
  heightPx,
  label,
  children,
}: {
  heightPx: number;
  label: string;
  children: ReactNode;
}) {
  return (
    <div className="plot-place" style={{ height: heightPx }} role="group" aria-label={label}>
      <Suspense fallback={<div className="plot-skeleton" />}>{children}</Suspense>
    </div>
  );
}

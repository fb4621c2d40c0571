import { type ComponentType, lazy, type ReactNode, Suspense } from "react";

/** A plot whose script is loaded when one is shown. */
export function lazyPlot<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }));
}

/** Holds the place of a plot, so that nothing moves when it comes. Beside a higher panel it is up to half as high again. */
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
    <div
      className="plot-place"
      style={{ minHeight: heightPx, maxHeight: 1.5 * heightPx }}
      role="group"
      aria-label={label}
    >
      <Suspense fallback={<div className="plot-skeleton" />}>{children}</Suspense>
    </div>
  );
}

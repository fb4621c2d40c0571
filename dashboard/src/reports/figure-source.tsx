import { lazy, Suspense } from "react";
import type { FigureSourceProps } from "./figure-source-dialog.tsx";

const FigureSourceDialog = lazy(async () => ({
  default: (await import("./figure-source-dialog.tsx")).FigureSourceDialog,
}));

/** Where a figure comes from; its script is loaded when somebody asks. */
export function FigureSource(props: FigureSourceProps) {
  return (
    <Suspense fallback={null}>
      <FigureSourceDialog {...props} />
    </Suspense>
  );
}

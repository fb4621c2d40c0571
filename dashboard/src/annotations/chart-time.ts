import { createContext } from "react";
import type { Annotation as Mark } from "../charts/chart-series.ts";
import type { PeriodKind } from "../format/day.ts";

/** That a chart is over time: its column of periods, what they are, and whose they are (null: of all locations). */
export type ChartTime = { x: string; kind: PeriodKind; locationIds: readonly string[] | null };

/** What happened in the time of the chart at hand, for its plot. */
export const ChartMarks = createContext<readonly Mark[]>([]);

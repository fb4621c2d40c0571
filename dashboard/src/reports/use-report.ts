import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ApiProblem } from "../../../client/api-problem.ts";
import type { Comparison, ReportRow } from "../../../domain/reports/report.ts";
import { useLive } from "../live/live-context.tsx";
import { parseReportData, type ReportData } from "./report-data.ts";
import { takeTurns } from "./take-turns.ts";

export type ReportParams = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** What cards and charts need of a query for a report. */
export type ReportQuery<Row extends ReportRow = ReportRow> = {
  data: ReportData<Row> | undefined;
  /** With `data`: what is shown is not the newest. */
  error: Error | null;
  isPending: boolean;
  isFetching: boolean;
  /** The rows are of other parameters: those asked for are on their way. */
  isPlaceholderData: boolean;
  refetch: () => unknown;
};

const MINUTE_MS = 60_000;
/** The server runs four at a time for everybody: a page leaves room for others. */
const MOST_AT_A_TIME = 2;
/** A report that finds no place is asked for again this often, at most. */
const MOST_RETRIES = 6;
const RETRY_MS = 2_000;

const inTurn = takeTurns(MOST_AT_A_TIME);

/**
 * A report, asked again every minute, or every `refreshMs`, while it is looked at. `params`: what the report takes and no more (it refuses what it does
 * not know); those that are empty are left out. While other parameters are asked for, the rows before stay. With
 * `isEnabled: false` nothing is asked for.
 */
export function useReport<Row extends ReportRow = ReportRow>(
  name: string,
  params: ReportParams = {},
  {
    compare,
    isEnabled = true,
    refreshMs = MINUTE_MS,
  }: { compare?: Comparison | undefined; isEnabled?: boolean; refreshMs?: number } = {},
): ReportQuery<Row> {
  const { client } = useLive();
  const given = Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, string | number | readonly string[]] =>
        entry[1] !== undefined && entry[1] !== "" && !(Array.isArray(entry[1]) && entry[1].length === 0),
    ),
  );
  return useQuery({
    queryKey: ["report", name, given, compare ?? ""],
    queryFn: ({ signal }) =>
      inTurn(async () => {
        signal.throwIfAborted();
        const answer = await client.reports.run(name, given, {
          signal,
          ...(compare === undefined ? {} : { compare }),
        });
        return parseReportData<Row>(answer);
      }),
    enabled: isEnabled,
    placeholderData: keepPreviousData,
    staleTime: MINUTE_MS,
    refetchInterval: refreshMs,
    retry: (failures, error) =>
      failures < MOST_RETRIES && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    retryDelay: RETRY_MS,
  });
}

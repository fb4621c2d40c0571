import { useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Comparison } from "../../../domain/reports/report.ts";
import {
  type FilterField,
  paramsOfFilter,
  parseReportFilter,
  type ReportFilter,
  type WindowId,
  writeReportFilter,
} from "./report-filter.ts";

export type ReportFilterHandle = ReportFilter & {
  /** For `useReport(name, filter.params(["window", "location"]))`: of the fields, what the report takes. */
  params: (fields: readonly FilterField[]) => Record<string, string>;
  /** For `useReport(…, filter.comparison)`. */
  comparison: { compare?: Comparison };
  set: (change: Partial<ReportFilter>) => void;
};

/** The filter in the page's address; `usual` is the window of a page whose address names none. */
export function useReportFilter(usual: WindowId = "28d"): ReportFilterHandle {
  const [search, setSearch] = useSearchParams();
  return useMemo(() => {
    const filter = parseReportFilter(search, usual);
    return {
      ...filter,
      params: (fields) => paramsOfFilter(filter, fields),
      comparison: filter.compare === "" ? {} : { compare: filter.compare },
      set: (change) =>
        setSearch(
          (before) => writeReportFilter(before, { ...parseReportFilter(before, usual), ...change }, usual),
          {
            replace: true,
          },
        ),
    };
  }, [search, setSearch, usual]);
}

import type { ProblemEntry } from "./problem-entry.ts";

/** Of reports, and of what is written beside their figures. None of them changes a figure. */
export const REPORT_PROBLEMS = {
  report_not_found: {
    status: 404,
    title: "There is no such report",
    remedy: "See which there are with GET /v1/reports or `onhand report`.",
  },
  report_parameter_unknown: {
    status: 400,
    title: "The report has no such parameter",
    remedy:
      "See its parameters with GET /v1/reports. A misspelt filter is never answered as if it were not there.",
  },
  report_parameter_invalid: {
    status: 400,
    title: "A parameter of the report is not of its type",
    remedy: "Correct the value that the detail names; docs/reports.md has the types.",
  },
  report_currency_needed: {
    status: 400,
    title: "There are amounts in several currencies",
    remedy: "Say one with `currency`: amounts are never converted, and never added up across currencies.",
  },
  report_comparison_unbounded: {
    status: 400,
    title: "The window has no begin to compare from",
    remedy: "Give `from`, or leave out `compare`.",
  },
  report_comparison_format: {
    status: 400,
    title: "A comparison is answered in JSON alone",
    remedy: "Ask for format=json, or for the two windows one after the other.",
  },
  reports_busy: {
    status: 503,
    title: "As many reports run as may",
    remedy: "Ask again after `Retry-After` seconds. Stock and promises go on meanwhile.",
  },
  annotation_not_found: {
    status: 404,
    title: "There is no such annotation",
    remedy: "List them with GET /v1/annotations. Somebody else may have taken it back; no figure is touched.",
  },
  too_many_annotations: {
    status: 409,
    title: "There are as many annotations as there may be",
    remedy: "Take back those of days that nobody looks at any more. Nothing was written.",
  },
} as const satisfies Record<string, ProblemEntry>;

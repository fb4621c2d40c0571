import { useSearchParams } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import { withParam } from "../app/with-param.ts";
import { useLocations } from "../live/use-master-data.ts";
import type { ReportQuery } from "./use-report.ts";

/**
 * The currency of a page's amounts, in its address: empty for the only one there is. `choices` where there are several: those of
 * locations, and those that a refused report says there are.
 */
export function useCurrency() {
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const currency = search.get("currency") ?? "";
  return {
    currency,
    params: currency === "" ? {} : { currency },
    set: (value: string) => setSearch((last) => withParam(last, "currency", value), { replace: true }),
    choicesOf(reports: readonly ReportQuery[]): string[] {
      const refused = reports.flatMap(({ error }) => currenciesOf(error));
      const known = locations.map((location) => location.currency).filter((each) => each !== "");
      return [...new Set([currency, ...refused, ...known])].filter((each) => each !== "").toSorted();
    },
  };
}

/** Those that the server names where it needs to be told one. */
function currenciesOf(error: Error | null): string[] {
  if (!(error instanceof ApiProblem) || error.code !== "report_currency_needed") return [];
  return error.detail.match(/\b[A-Z]{3}\b/g) ?? [];
}

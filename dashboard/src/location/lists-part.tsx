import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ListName, ListsSummary } from "../../../domain/api/lists.ts";
import { formatMoney } from "../format/money.ts";
import { formatWhole } from "../format/number.ts";
import { useListsSummary } from "../lists/use-lists.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { PagePart, PartAnswer } from "../ui/page-part.tsx";

type Line = ListsSummary["items"][number];

/** Ghosts and the other lists of the location, with the money at stake. */
export function ListsPart({ locationId }: { locationId: string }) {
  const { t } = useTranslation();
  const query = useListsSummary(locationId);
  return (
    <PagePart
      title={t("To look at")}
      note={t("What readers saw that the books do not say, and the other way round.")}
    >
      <PartAnswer query={query}>
        {({ items }) => (
          <DataTable
            label={t("To look at")}
            columns={columnsOf(t, locationId)}
            rows={items}
            keyOf={({ list }) => list}
          />
        )}
      </PartAnswer>
    </PagePart>
  );
}

function listWords(list: ListName, t: TFunction): string {
  switch (list) {
    case "ghosts":
      return t("Ghosts");
    case "misplaced":
      return t("Misplaced");
    case "backroom-only":
      return t("Only in the back room");
    case "sold-but-seen":
      return t("Sold but seen");
    case "unknown-tags":
      return t("Unknown tags");
    case "losses":
      return t("Losses");
    default:
      return list satisfies never;
  }
}

function columnsOf(t: TFunction, locationId: string): Column<Line>[] {
  return [
    {
      label: t("List"),
      cell: ({ list }) => <Link to={`/lists/${list}?location=${locationId}`}>{listWords(list, t)}</Link>,
    },
    {
      label: t("Lines"),
      look: "number",
      cell: ({ totals, problem }) =>
        totals === null ? <span title={problem ?? ""}>?</span> : formatWhole(totals.count),
    },
    {
      label: t("At list price"),
      look: "number",
      cell: ({ totals }) =>
        (totals?.value ?? []).map(({ amount, currency }) => formatMoney(amount, currency)).join(" + ") || "–",
    },
  ];
}

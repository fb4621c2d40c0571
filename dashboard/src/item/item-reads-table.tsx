import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ItemReads, ItemReadWindow } from "../../../domain/api/items.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import type { PlaceNames } from "./place-names.ts";
import { verdictWords } from "./verdict-words.ts";

/** Raw reads of the last time, by antenna and window. */
export function ItemReadsTable({ reads, names }: { reads: ItemReads; names: PlaceNames }) {
  const { t } = useTranslation();
  if (reads.windows.length === 0) {
    return (
      <p className="muted">
        {t("No reader has read it since {{time}}.", { time: formatInstant(Date.parse(reads.since)) })}
      </p>
    );
  }
  return (
    <>
      <DataTable
        label={t("Reads")}
        columns={columnsOf(names, t)}
        rows={reads.windows}
        keyOf={(row) => `${row.locationId} ${row.readerId} ${row.antenna} ${row.firstAt}`}
      />
      {reads.isCut ? <p className="muted">{t("Only the newest are shown.")}</p> : null}
    </>
  );
}

function columnsOf(names: PlaceNames, t: TFunction): Column<ItemReadWindow>[] {
  return [
    {
      label: t("Reader"),
      cell: (row) => (
        <>
          <div className="strong">
            {row.readerId}
            {row.antenna === null ? "" : ` · ${t("antenna {{antenna}}", { antenna: row.antenna })}`}
          </div>
          <div className="muted">
            {names.location(row.locationId)}
            {row.zoneId === "" ? "" : ` · ${names.zone(row.locationId, row.zoneId)}`}
          </div>
        </>
      ),
    },
    {
      label: t("From"),
      cell: (row) => <span className="numeric">{formatInstant(Date.parse(row.firstAt))}</span>,
    },
    {
      label: t("To"),
      cell: (row) => <span className="numeric">{formatInstant(Date.parse(row.lastAt))}</span>,
    },
    { label: t("Reads"), look: "number", cell: (row) => formatWhole(row.reads) },
    {
      label: t("Strongest"),
      look: "number",
      cell: (row) => (row.maxRssiDbm === null ? "–" : `${row.maxRssiDbm.toFixed(1)} dBm`),
    },
    {
      label: t("Verdict"),
      cell: (row) => row.verdicts.map((verdict) => verdictWords(verdict, t)).join(", "),
    },
  ];
}

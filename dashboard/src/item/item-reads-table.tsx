import type { ItemReads, ItemReadWindow } from "../../../domain/api/items.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import type { PlaceNames } from "./place-names.ts";

/** Raw reads of the last time, by antenna and window. */
export function ItemReadsTable({ reads, names }: { reads: ItemReads; names: PlaceNames }) {
  if (reads.windows.length === 0) {
    return <p className="muted">No reader has read it since {formatInstant(Date.parse(reads.since))}.</p>;
  }
  return (
    <>
      <DataTable
        label="Reads"
        columns={columnsOf(names)}
        rows={reads.windows}
        keyOf={(row) => `${row.locationId} ${row.readerId} ${row.antenna} ${row.firstAt}`}
      />
      {reads.isCut ? <p className="muted">Only the newest are shown.</p> : null}
    </>
  );
}

function columnsOf(names: PlaceNames): Column<ItemReadWindow>[] {
  return [
    {
      label: "Reader",
      cell: (row) => (
        <>
          <div className="strong">
            {row.readerId}
            {row.antenna === null ? "" : ` · antenna ${row.antenna}`}
          </div>
          <div className="muted">
            {names.location(row.locationId)}
            {row.zoneId === "" ? "" : ` · ${names.zone(row.locationId, row.zoneId)}`}
          </div>
        </>
      ),
    },
    {
      label: "From",
      cell: (row) => <span className="numeric">{formatInstant(Date.parse(row.firstAt))}</span>,
    },
    { label: "To", cell: (row) => <span className="numeric">{formatInstant(Date.parse(row.lastAt))}</span> },
    { label: "Reads", look: "number", cell: (row) => formatWhole(row.reads) },
    {
      label: "Strongest",
      look: "number",
      cell: (row) => (row.maxRssiDbm === null ? "–" : `${row.maxRssiDbm.toFixed(1)} dBm`),
    },
    { label: "Verdict", cell: (row) => row.verdicts.join(", ") },
  ];
}

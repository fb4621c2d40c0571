import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import { formatRate } from "../format/number.ts";
import { ReaderStatus } from "../readers/reader-status.tsx";
import { useReaders } from "../readers/use-readers.ts";
import { Age } from "../ui/age.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { PagePart, PartAnswer, PartNote } from "../ui/page-part.tsx";

/** The readers there, and whether they are heard. */
export function ReadersPart({ locationId }: { locationId: string }) {
  const { t } = useTranslation();
  const { query } = useReaders();
  return (
    <PagePart title={t("Readers")} action={<Link to="/readers">{t("All readers")}</Link>}>
      <PartAnswer query={query}>
        {(all) => {
          const readers = all.filter((reader) => reader.locationId === locationId);
          return readers.length === 0 ? (
            <PartNote>{t("No reader was heard there.")}</PartNote>
          ) : (
            <DataTable
              label={t("Readers")}
              columns={columnsOf(t)}
              rows={readers}
              keyOf={(each) => each.readerId}
            />
          );
        }}
      </PartAnswer>
    </PagePart>
  );
}

function columnsOf(t: TFunction): Column<ReaderWithHealth>[] {
  return [
    {
      label: t("Reader"),
      look: "wide",
      cell: ({ readerId, name }) => (
        <>
          <div className="strong">{name === "" ? readerId : name}</div>
          {name === "" ? null : <div className="muted">{readerId}</div>}
        </>
      ),
    },
    { label: t("Status"), cell: (reader) => <ReaderStatus reader={reader} /> },
    {
      label: t("Reads per second"),
      look: "number",
      cell: ({ health }) => (health === null ? "–" : formatRate(health.readsPerSecond)),
    },
    {
      label: t("Last heard"),
      cell: ({ health }) => (
        <Age atMs={health?.lastHeardAt == null ? null : Date.parse(health.lastHeardAt)} />
      ),
    },
  ];
}

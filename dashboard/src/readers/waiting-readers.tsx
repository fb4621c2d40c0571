import { useTranslation } from "react-i18next";
import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import { formatWhole } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { readerKey } from "./rate-history.ts";

type WaitingReadersProps = {
  readers: readonly ReaderWithHealth[];
  nameOf: (locationId: string) => string;
  onAssign: (reader: ReaderWithHealth) => void;
};

/** Readers that were heard and have no zones: the first thing to do on this page, since their reads count nothing yet. */
export function WaitingReaders({ readers, nameOf, onAssign }: WaitingReadersProps) {
  const { t } = useTranslation();
  if (readers.length === 0) return null;
  return (
    <section className="waiting" aria-label={t("Readers to assign")}>
      {readers.map((reader) => {
        const waiting = reader.health?.waitingReads ?? 0;
        const heardAt = reader.health?.lastHeardAt ?? null;
        return (
          <div key={readerKey(reader)} className="waiting-card" data-testid="waiting-reader">
            <div>
              <strong>
                {t("New reader {{reader}} at {{place}}", {
                  reader: reader.readerId,
                  place: nameOf(reader.locationId),
                })}
              </strong>
              <p>
                {waiting === 0
                  ? t("None of its reads waits yet.")
                  : waiting === 1
                    ? t("1 read is kept.")
                    : t("{{reads}} reads are kept.", { reads: formatWhole(waiting) })}{" "}
                {t("They move no stock until the reader has zones.")}
              </p>
            </div>
            {heardAt === null ? null : <Age atMs={Date.parse(heardAt)} />}
            <Button look="primary" onClick={() => onAssign(reader)}>
              {t("Assign zones")}
            </Button>
          </div>
        );
      })}
    </section>
  );
}

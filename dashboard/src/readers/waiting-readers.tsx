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
  if (readers.length === 0) return null;
  return (
    <section className="waiting" aria-label="Readers to assign">
      {readers.map((reader) => {
        const waiting = reader.health?.waitingReads ?? 0;
        const heardAt = reader.health?.lastHeardAt ?? null;
        return (
          <div key={readerKey(reader)} className="waiting-card" data-testid="waiting-reader">
            <div>
              <strong>
                New reader {reader.readerId} at {nameOf(reader.locationId)}
              </strong>
              <p>
                {waiting === 0
                  ? "None of its reads waits yet."
                  : waiting === 1
                    ? "1 read is kept."
                    : `${formatWhole(waiting)} reads are kept.`}{" "}
                They move no stock until the reader has zones.
              </p>
            </div>
            {heardAt === null ? null : <Age atMs={Date.parse(heardAt)} />}
            <Button look="primary" onClick={() => onAssign(reader)}>
              Assign zones
            </Button>
          </div>
        );
      })}
    </section>
  );
}

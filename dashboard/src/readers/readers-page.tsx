import { useTranslation } from "react-i18next";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { SearchBox } from "../ui/search-box.tsx";
import { WithCode } from "../ui/with-code.tsx";
import { AssignDialog } from "./assign-dialog.tsx";
import { readerKey } from "./rate-history.ts";
import { ReaderDialog } from "./reader-dialog.tsx";
import { ReaderFigures } from "./reader-figures.tsx";
import { ReadersTable } from "./readers-table.tsx";
import "./readers-page.css";
import { useReaders } from "./use-readers.ts";
import { WaitingReaders } from "./waiting-readers.tsx";

/** Every reader: whether it is heard, how much, what it looks at; and those that wait for zones. */
export function ReadersPage() {
  const { t } = useTranslation();
  const { query, history } = useReaders();
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const byId = useMemo(() => new Map(locations.map((each) => [each.locationId, each])), [locations]);
  const [editedKey, setEditedKey] = useState<string | null>(null);
  const words = search.get("q") ?? "";
  const readers = query.data ?? [];
  const openKey = search.get("open");
  const opened = readers.find((reader) => readerKey(reader) === openKey);
  const edited = readers.find((reader) => readerKey(reader) === editedKey);
  const nameOf = (locationId: string) => byId.get(locationId)?.name ?? locationId;
  const shown = readers.filter((reader) =>
    contains(`${readerKey(reader)} ${reader.name} ${nameOf(reader.locationId)}`, words),
  );
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });
  const edit = (reader: ReaderWithHealth) => setEditedKey(readerKey(reader));

  return (
    <>
      <PageHead title={t("Readers")} />
      <div className="page-body">
        {query.data === undefined ? null : <StaleNote error={query.error} />}
        <ReaderFigures readers={readers} />
        <div className="toolbar">
          <SearchBox
            label={t("Search readers by id, name or location")}
            placeholder={t("Reader or location")}
            value={words}
            onChange={(value) => set("q", value)}
          />
        </div>
        <div className="readers-scroll">
          <WaitingReaders
            readers={shown.filter((each) => !each.isAssigned)}
            nameOf={nameOf}
            onAssign={edit}
          />
          {query.isPending ? <TableSkeleton label={t("Loading readers")} /> : null}
          {query.error !== null && query.data === undefined ? (
            <Failed
              title={t("Readers can't be shown")}
              error={query.error}
              onRetry={() => void query.refetch()}
            >
              {t("Their reads are still taken in.")}
            </Failed>
          ) : null}
          {query.data?.length === 0 ? (
            <Notice icon="readers" title={t("No reader has been heard yet")}>
              <WithCode>
                {t(
                  "Point a reader at {{topic}} on the MQTT broker. It appears here with its first message and can then be given zones.",
                  { topic: "`onhand/{location}/rfid/{reader}`" },
                )}
              </WithCode>
            </Notice>
          ) : null}
          {shown.some((each) => each.isAssigned) ? (
            <ReadersTable
              readers={shown.filter((each) => each.isAssigned)}
              history={history}
              locations={byId}
              onOpen={(reader) => set("open", readerKey(reader))}
            />
          ) : null}
          {readers.length > 0 && shown.length === 0 ? (
            <Notice icon="search" title={t("No reader fits the search")} />
          ) : null}
        </div>
      </div>
      {opened === undefined || edited !== undefined ? null : (
        <ReaderDialog
          key={openKey}
          reader={opened}
          location={byId.get(opened.locationId)}
          onEdit={() => edit(opened)}
          onClose={() => set("open", "")}
        />
      )}
      {edited === undefined ? null : (
        <AssignDialog
          key={editedKey}
          reader={edited}
          location={byId.get(edited.locationId)}
          onClose={() => setEditedKey(null)}
        />
      )}
    </>
  );
}

function contains(text: string, search: string): boolean {
  const folded = text.toLowerCase();
  return search
    .toLowerCase()
    .split(" ")
    .every((word) => folded.includes(word));
}

import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Annotation } from "../../../domain/api/annotations.ts";
import { withParam } from "../app/with-param.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { AnnotationDialog } from "./annotation-dialog.tsx";
import { whenOf } from "./chart-notes.tsx";
import { useAnnotations, useMayAnnotate } from "./use-annotations.ts";

/** All that was written beside figures, the newest day first. */
export function NotesPart() {
  const { t } = useTranslation();
  const query = useAnnotations();
  const mayAnnotate = useMayAnnotate();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const [search, setSearch] = useSearchParams();
  const [open, setOpen] = useState<Annotation | "new" | null>(null);
  const location = search.get("location") ?? "";
  const items = query.data?.items.filter(
    ({ locationId }) => location === "" || locationId === null || locationId === location,
  );
  return (
    <>
      <div className="toolbar">
        {mayAnnotate ? (
          <Button look="primary" onClick={() => setOpen("new")}>
            {t("New note …")}
          </Button>
        ) : null}
        <LocationField
          value={location}
          locations={locations}
          onChange={(value) => setSearch((last) => withParam(last, "location", value), { replace: true })}
        />
      </div>
      <PagedTable
        label={t("Notes on charts")}
        query={{ ...query, data: items === undefined ? undefined : { items } }}
        columns={columnsOf(t, names, mayAnnotate ? setOpen : null)}
        keyOf={({ annotationId }) => annotationId}
        loading={t("Loading notes")}
        failed={{ title: t("Notes can't be shown"), words: t("No figure is touched by that.") }}
        empty={
          <Notice icon="flag" title={t("Nothing was written yet")}>
            {t(
              "A campaign, a flooded store, a new reader: write it down once, and every chart over these days says so.",
            )}
          </Notice>
        }
      />
      {open === null ? null : (
        <AnnotationDialog annotation={open === "new" ? null : open} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

function columnsOf(
  t: TFunction,
  names: PlaceNames,
  onOpen: ((annotation: Annotation) => void) | null,
): Column<Annotation>[] {
  return [
    {
      label: t("What happened"),
      look: "wide",
      cell: ({ text }) => <span className="strong">{text}</span>,
    },
    { label: t("When"), cell: (annotation) => <span className="numeric">{whenOf(annotation)}</span> },
    {
      label: t("Where"),
      cell: ({ locationId }) => (locationId === null ? t("The whole company") : names.location(locationId)),
    },
    { label: t("Written by"), cell: ({ createdBy }) => <code>{createdBy}</code> },
    { label: t("Changed"), cell: ({ changedAt }) => <Age atMs={Date.parse(changedAt)} /> },
    ...(onOpen === null
      ? []
      : [
          {
            label: t("Change"),
            look: "actions" as const,
            cell: (annotation: Annotation) => (
              <Button
                onClick={() => onOpen(annotation)}
                aria-label={t("Change the note {{text}}", { text: annotation.text })}
              >
                {t("Change …")}
              </Button>
            ),
          },
        ]),
  ];
}

import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Annotation } from "../../../domain/api/annotations.ts";
import { formatDay } from "../format/day.ts";
import { placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { AnnotationDialog } from "./annotation-dialog.tsx";
import "./chart-notes.css";
import type { PlacedAnnotation } from "./marks-of.ts";
import { useMayAnnotate } from "./use-annotations.ts";

const FIRST_SHOWN = 6;

/** What the signs in a chart mean. Who may write them opens one to change it. */
export function ChartNotes({ placed }: { placed: readonly PlacedAnnotation[] }) {
  const { t } = useTranslation();
  const mayAnnotate = useMayAnnotate();
  const names = useNames();
  const [isWhole, setWhole] = useState(false);
  const [open, setOpen] = useState<Annotation | null>(null);
  const shown = isWhole ? placed : placed.slice(0, FIRST_SHOWN);
  return (
    <>
      <ul className="chart-notes" aria-label={t("What happened")}>
        {shown.map(({ annotation, sign }) => {
          const words = (
            <>
              <span className="note-sign">{sign}</span>
              <span className="note-words">
                <span className="note-when">{whenOf(annotation)}</span> {annotation.text}
                {annotation.locationId === null ? null : ` · ${names.location(annotation.locationId)}`}
              </span>
            </>
          );
          return (
            <li key={annotation.annotationId}>
              {mayAnnotate ? (
                <button
                  type="button"
                  className="chart-note-line"
                  title={t("Change the note")}
                  onClick={() => setOpen(annotation)}
                >
                  {words}
                </button>
              ) : (
                <span className="chart-note-line">{words}</span>
              )}
            </li>
          );
        })}
        {placed.length > shown.length ? (
          <li>
            <button type="button" className="chart-note-line" onClick={() => setWhole(true)}>
              {t("{{count}} more notes", { count: placed.length - shown.length })}
            </button>
          </li>
        ) : null}
      </ul>
      {open === null ? null : <AnnotationDialog annotation={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function useNames() {
  const locations = useLocations();
  return useMemo(() => placeNames(locations), [locations]);
}

/** `27 Nov 2026`, or the first and the last day. */
export function whenOf({ from, to }: Pick<Annotation, "from" | "to">): string {
  return from === to ? formatDay(from) : `${formatDay(from, "short")} – ${formatDay(to)}`;
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Annotation, annotationWishSchema } from "../../../domain/api/annotations.ts";
import { formatInstant } from "../format/number.ts";
import { useLocations } from "../live/use-master-data.ts";
import { Button } from "../ui/button.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { useAnnotationChange } from "./use-annotations.ts";

type AnnotationDialogProps = {
  /** The one that is changed; null for a new one. */
  annotation: Annotation | null;
  /** Where a new one begins: a day and a location of the chart at hand. */
  start?: { day: string; locationId: string | null };
  onClose: () => void;
};

/** A note in its form: what happened, when, and where. */
export function AnnotationDialog({ annotation, start, onClose }: AnnotationDialogProps) {
  const { t } = useTranslation();
  const locations = useLocations();
  const [day] = useState(() => start?.day ?? new Date().toISOString().slice(0, 10));
  const [text, setText] = useState(annotation?.text ?? "");
  const [from, setFrom] = useState(annotation?.from ?? day);
  const [to, setTo] = useState(annotation?.to ?? day);
  const [place, setPlace] = useState(
    annotation === null ? (start?.locationId ?? "") : (annotation.locationId ?? ""),
  );
  const save = useAnnotationChange(onClose);
  const wish = annotationWishSchema.safeParse({ from, to, text, locationId: place === "" ? null : place });
  const annotationId = annotation?.annotationId ?? null;
  return (
    <FormDialog
      title={annotation === null ? t("A new note") : t("Change the note")}
      canSave={wish.success}
      save={save}
      onSave={() => {
        if (wish.success) save.mutate({ annotationId, wish: wish.data });
      }}
      onClose={onClose}
    >
      <TextField
        label={t("What happened")}
        placeholder={t("Black Friday campaign")}
        maxLength={120}
        required
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <TextField
        label={t("First day")}
        type="date"
        required
        value={from}
        onChange={(event) => {
          setFrom(event.target.value);
          if (to < event.target.value) setTo(event.target.value);
        }}
      />
      <TextField
        label={t("Last day")}
        type="date"
        required
        min={from}
        value={to}
        onChange={(event) => setTo(event.target.value)}
      />
      <SelectField
        label={t("Where")}
        value={place}
        choices={[
          { value: "", label: t("The whole company") },
          ...locations.map(({ locationId, name }) => ({ value: locationId, label: name })),
        ]}
        onChange={setPlace}
        hint={t("All charts over these days show it, to everybody who reads reports. No figure changes.")}
      />
      {from !== "" && to !== "" && !wish.success && text.trim() !== "" ? (
        <p className="form-error" role="alert">
          {t("A note is about at most 366 days, and its last day is not before its first.")}
        </p>
      ) : null}
      {annotation === null ? null : (
        <p className="annotation-written">
          {t("Written by {{key}}, changed last by {{other}} on {{instant}}.", {
            key: annotation.createdBy,
            other: annotation.changedBy,
            instant: formatInstant(Date.parse(annotation.changedAt)),
          })}{" "}
          <Button
            look="quiet"
            disabled={save.isPending}
            onClick={() => save.mutate({ annotationId, wish: null })}
          >
            {t("Take the note back")}
          </Button>
        </p>
      )}
    </FormDialog>
  );
}

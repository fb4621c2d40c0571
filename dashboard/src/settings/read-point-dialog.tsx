import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { ReadPoint } from "../../../domain/api/tracking-settings-answers.ts";
import { readPointSettingsSchema } from "../../../domain/tracking/tracking-settings.ts";
import { readerKey } from "../readers/rate-history.ts";
import { useReaders } from "../readers/use-readers.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { useSetReadPoint } from "./use-settings.ts";

type ReadPointDialogProps = { point: ReadPoint | null; onClose: () => void };

/** The rule of a read point; `point` null: a new one. */
export function ReadPointDialog({ point, onClose }: ReadPointDialogProps) {
  const { t } = useTranslation();
  const [fields, setFields] = useState(() => fieldsOf(point));
  const save = useSetReadPoint(onClose);
  const parsed = readPointSettingsSchema.safeParse(ruleOf(fields));
  const set = (name: keyof Fields) => (event: { target: { value: string } }) =>
    setFields({ ...fields, [name]: event.target.value });
  return (
    <FormDialog
      title={point === null ? t("A new rule") : t("Rule of {{reader}}", { reader: point.readerId })}
      canSave={parsed.success}
      save={save}
      onSave={() => {
        if (!parsed.success) return;
        const { locationId, readerId, antenna, ...rule } = parsed.data;
        save.mutate({ id: { locationId, readerId, antenna }, rule: { ...rule, note: fields.note.trim() } });
      }}
      onClose={onClose}
    >
      {point === null ? (
        <>
          <ReaderField value={fields.reader} onChange={(reader) => setFields({ ...fields, reader })} />
          <TextField
            label={t("Antenna (empty: all)")}
            inputMode="numeric"
            value={fields.antenna}
            onChange={set("antenna")}
          />
        </>
      ) : null}
      <TextField
        label={t("Reads, at least")}
        inputMode="numeric"
        value={fields.minReads}
        onChange={set("minReads")}
      />
      <TextField
        label={t("Within seconds")}
        inputMode="decimal"
        value={fields.seconds}
        onChange={set("seconds")}
      />
      <TextField
        label={t("Strongest read from dBm (empty: any)")}
        placeholder={t("For example: {{dbm}}", { dbm: "-58" })}
        value={fields.rssi}
        onChange={set("rssi")}
      />
      <TextField
        label={t("Why? (for the history)")}
        value={fields.note}
        maxLength={1000}
        onChange={set("note")}
      />
      {parsed.success || fields.reader === "" ? null : (
        <p className="form-error">
          {t("1 to 255 reads, within 0 seconds or more, from −120 to 0 dBm; an antenna is a number.")}
        </p>
      )}
    </FormDialog>
  );
}

function ReaderField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const { query } = useReaders();
  const choices = (query.data ?? []).map((reader) => ({
    value: readerKey(reader),
    label: readerKey(reader),
  }));
  return (
    <SelectField
      label={t("Reader")}
      value={value}
      choices={[{ value: "", label: t("Choose …") }, ...choices]}
      onChange={onChange}
    />
  );
}

type Fields = {
  /** `location/reader`. */
  reader: string;
  antenna: string;
  minReads: string;
  seconds: string;
  rssi: string;
  note: string;
};

function fieldsOf(point: ReadPoint | null): Fields {
  if (point === null) return { reader: "", antenna: "", minReads: "1", seconds: "30", rssi: "", note: "" };
  return {
    reader: readerKey(point),
    antenna: point.antenna === null ? "" : String(point.antenna),
    minReads: String(point.minReads),
    seconds: String(point.windowMs / 1000),
    rssi: point.minRssiDbm === null ? "" : String(point.minRssiDbm),
    note: "",
  };
}

/** As the schema checks it: what is no number is NaN there, and refused. */
function ruleOf(fields: Fields) {
  const [locationId = "", readerId = ""] = fields.reader.split("/");
  const number = (text: string) => (text.trim() === "" ? Number.NaN : Number(text.replace(",", ".")));
  return {
    locationId,
    readerId,
    antenna: fields.antenna.trim() === "" ? null : number(fields.antenna),
    minReads: number(fields.minReads),
    windowMs: Math.round(number(fields.seconds) * 1000),
    minRssiDbm: fields.rssi.trim() === "" ? null : number(fields.rssi),
  };
}

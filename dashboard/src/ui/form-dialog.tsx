import { useTranslation } from "react-i18next";
import { type ReactNode, useId } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

type FormDialogProps = {
  title: string;
  /** What the button that saves says. */
  action?: string;
  canSave: boolean;
  save: { isPending: boolean; error: Error | null };
  /** What a save that failed left as it was. */
  afterFailure?: string;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A dialog with one form: its fields, why it could not be saved, and at its foot the ways out. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useTranslation();
  const { title, action = t("Save"), canSave, save, afterFailure = t("Nothing was changed.") } = props;
  const formId = useId();
  return (
    <Dialog
      title={title}
      onClose={props.onClose}
      foot={
        <>
          <Button onClick={props.onClose}>{t("Cancel")}</Button>
          <Button type="submit" form={formId} look="primary" disabled={!canSave || save.isPending}>
            {save.isPending ? t("Saving …") : action}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSave) props.onSave();
        }}
      >
        {props.children}
        {save.error === null ? null : (
          <p className="form-error" role="alert">
            {save.error.message} {afterFailure}
          </p>
        )}
      </form>
    </Dialog>
  );
}

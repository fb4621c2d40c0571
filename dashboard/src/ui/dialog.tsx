import { useTranslation } from "react-i18next";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./button.tsx";
import "./dialog.css";

type DialogProps = {
  title: string;
  /** It stands at the right edge, as high as the window; for what is read beside a page. */
  isDrawer?: boolean;
  onClose: () => void;
  foot?: ReactNode;
  children: ReactNode;
};

/** A modal dialog: the browser's own, so focus stays inside, Escape closes it, and focus returns where it was. */
export function Dialog({ title, isDrawer = false, onClose, foot, children }: DialogProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={isDrawer ? "dialog drawer" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="close" label={t("Close")} onClick={onClose} />
      </div>
      <div className="dialog-body">{children}</div>
      {foot === undefined ? null : <div className="dialog-foot">{foot}</div>}
    </dialog>
  );
}

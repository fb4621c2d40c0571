import { useTranslation } from "react-i18next";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { Notice } from "./notice.tsx";

/** Above content that could not be read again: what is shown may have changed since. */
export function StaleNote({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (error === null) return null;
  return (
    <div className="banner" role="alert">
      <Icon name="warning" size={16} />
      {t("Not the newest: {{reason}}", { reason: error.message })}
    </div>
  );
}

type FailedProps = { title: string; error: Error; onRetry: () => void; children?: ReactNode };

/** In place of content that could not be read at all; `children` says what that does not touch. */
export function Failed({ title, error, onRetry, children }: FailedProps) {
  const { t } = useTranslation();
  return (
    <Notice icon="warning" title={title} isBad action={<Button onClick={onRetry}>{t("Try again")}</Button>}>
      {error.message} {children}
    </Notice>
  );
}

import { useTranslation } from "react-i18next";
import { Button } from "../../src/ui/button.tsx";
import { Notice } from "../../src/ui/notice.tsx";

/** The browser keeps nothing for the page (a private window, a full disk): work could be lost, so none is begun. */
export function StartFailed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <main>
      <Notice
        icon="warning"
        title={t("This browser can't keep your work")}
        isBad
        action={<Button onClick={() => location.reload()}>{t("Try again")}</Button>}
      >
        {error instanceof Error ? error.message : String(error)}.{" "}
        {t(
          "What you did before is not lost. Make room on the device, or open this page in a window that is not private.",
        )}
      </Notice>
    </main>
  );
}

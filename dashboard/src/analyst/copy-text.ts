import type { TFunction } from "i18next";
import { showToast } from "../ui/toasts.tsx";

/** Copies a link, and says so; the clipboard is the browser's to refuse. */
export function copyText(t: TFunction, link: string): void {
  navigator.clipboard.writeText(link).then(
    () => showToast("good", t("The link is copied"), t("Whoever opens it needs rights of their own.")),
    (error: unknown) =>
      showToast("bad", t("The link was not copied"), error instanceof Error ? error.message : String(error)),
  );
}

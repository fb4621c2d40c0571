import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router";
import { IconButton } from "../ui/button.tsx";
import { ConnectionPill } from "./connection-pill.tsx";
import { type ThemeChoice, useTheme } from "./theme.ts";

export type ShellContext = { showHelp: () => void; showPalette: () => void; startTour: () => void };

const THEME_ICONS = { system: "system", light: "sun", dark: "moon" } as const;

function themeLabel(t: TFunction, choice: ThemeChoice): string {
  switch (choice) {
    case "system":
      return t("Theme: as the system");
    case "light":
      return t("Theme: light");
    case "dark":
      return t("Theme: dark");
    default:
      return choice satisfies never;
  }
}

/** The head of every page: what it is, whether it is live, and the page's own tools. */
export function PageHead({ title }: { title: string }) {
  const { showHelp, showPalette } = useOutletContext<ShellContext>();
  const theme = useTheme();
  const { t } = useTranslation();
  return (
    <header className="page-head">
      <h1>{title}</h1>
      <ConnectionPill />
      <div className="page-tools">
        <IconButton
          icon="search"
          label={t("Find anything (Ctrl K)")}
          data-tour="palette"
          onClick={showPalette}
        />
        <IconButton
          icon={THEME_ICONS[theme.choice]}
          label={themeLabel(t, theme.choice)}
          onClick={theme.next}
        />
        <IconButton icon="help" label={t("Keyboard and words (?)")} onClick={showHelp} />
      </div>
    </header>
  );
}

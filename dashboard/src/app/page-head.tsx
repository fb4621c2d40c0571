import { useOutletContext } from "react-router";
import { IconButton } from "../ui/button.tsx";
import { ConnectionPill } from "./connection-pill.tsx";
import { type ThemeChoice, useTheme } from "./theme.ts";

export type ShellContext = { showHelp: () => void };

const THEME_ICONS = { system: "system", light: "sun", dark: "moon" } as const;
const THEME_LABELS: Record<ThemeChoice, string> = {
  system: "Theme: as the system",
  light: "Theme: light",
  dark: "Theme: dark",
};

/** The head of every page: what it is, whether it is live, and the page's own tools. */
export function PageHead({ title }: { title: string }) {
  const { showHelp } = useOutletContext<ShellContext>();
  const theme = useTheme();
  return (
    <header className="page-head">
      <h1>{title}</h1>
      <ConnectionPill />
      <div className="page-tools">
        <IconButton
          icon={THEME_ICONS[theme.choice]}
          label={THEME_LABELS[theme.choice]}
          onClick={theme.next}
        />
        <IconButton icon="help" label="Keyboard and words (?)" onClick={showHelp} />
      </div>
    </header>
  );
}

import "./badge.css";
import { Icon, type IconName } from "./icon.tsx";

export type Tone = "good" | "warn" | "bad" | "calm" | "accent";

/** A state as icon and words; the colour only repeats what they say. */
export function Badge({ tone, icon, children }: { tone: Tone; icon: IconName; children: string }) {
  return (
    <span className={`badge ${tone}`}>
      <Icon name={icon} size={13} />
      {children}
    </span>
  );
}

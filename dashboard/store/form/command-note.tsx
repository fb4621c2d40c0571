import { useTranslation } from "react-i18next";
import { Icon } from "../../src/ui/icon.tsx";
import { useWork } from "../app/store-context.tsx";
import { RefusalNote } from "../tasks/refusal-note.tsx";
import type { CommandFailure } from "../work/use-command.ts";

type CommandNoteProps = {
  command: { failure: CommandFailure | null; clear(): void };
  /** Why only the server can do it: shown while the network is away. */
  why: string;
  /** What a refusal, or no network, leaves as it is. */
  unchanged: string;
};

/** Beside the button of a command that needs the server: that the network is away, or why it was not done. */
export function CommandNote({ command, why, unchanged }: CommandNoteProps) {
  const { t } = useTranslation();
  const { connection } = useWork();
  const { failure, clear } = command;
  if (failure?.isUnknown === true) {
    return (
      <div className="refusal-note" role="alert">
        <Icon name="question" size={28} />
        <div>
          <strong>{t("Not known yet whether it was done")}</strong>
          <p>{failure.detail}</p>
          <p>{t("Press again when the network is there: it is done once, however often you press.")}</p>
        </div>
      </div>
    );
  }
  if (failure !== null) {
    const detail = `${failure.detail} ${unchanged}`;
    return <RefusalNote refusal={{ ...failure, status: 0, detail }} onClose={clear} />;
  }
  if (connection !== "offline") return null;
  return (
    <p className="needs-network" role="status">
      <strong>{t("This needs the network.")}</strong> {`${why} ${unchanged}`}
    </p>
  );
}

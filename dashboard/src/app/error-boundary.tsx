import { useTranslation } from "react-i18next";
import { Component, type ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";

type State = { error: Error | null };

/** A defect in the page shows itself, and a way on, instead of a white screen. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Fault error={this.state.error} />;
  }
}

function Fault({ error }: { error: Error }) {
  const { t } = useTranslation();
  return (
    <Notice
      icon="warning"
      title={t("This page has a fault")}
      isBad
      action={<Button onClick={() => location.reload()}>{t("Load again")}</Button>}
    >
      {error.message} {t("Stock is not affected: the page only shows it.")}
    </Notice>
  );
}

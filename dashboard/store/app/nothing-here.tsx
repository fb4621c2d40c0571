import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "../../src/ui/notice.tsx";

export function NothingHere({ title, children }: { title: string; children?: string }) {
  const { t } = useTranslation();
  return (
    <Notice
      icon="question"
      title={title}
      action={
        <Link className="button big" to="/">
          {t("All tasks")}
        </Link>
      }
    >
      {children}
    </Notice>
  );
}

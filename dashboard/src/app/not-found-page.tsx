import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "../ui/notice.tsx";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Notice
      icon="question"
      title={t("There is no such page")}
      action={<Link to="/">{t("Go to the first page")}</Link>}
    >
      {t("The address may be from another version, or mistyped.")}
    </Notice>
  );
}

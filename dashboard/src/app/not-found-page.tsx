import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "../ui/notice.tsx";
import { PageHead } from "./page-head.tsx";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t("There is no such page")} />
      <Notice
        icon="question"
        title={t("The address may be from another version, or mistyped.")}
        action={<Link to="/">{t("Go to the first page")}</Link>}
      />
    </>
  );
}

import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { SelectField } from "../../src/ui/field.tsx";
import { Notice } from "../../src/ui/notice.tsx";
import { Failed } from "../../src/ui/query-state.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { useStore, useWork } from "./store-context.tsx";
import { LanguagePicker } from "../../src/i18n/language-picker.tsx";

/** The pages for who is, or was, signed in on this device; for anybody else how to get in. */
export function SignInGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { connection, facts } = useWork();
  const { signIn } = useStore();
  if (facts.session !== null && facts.location !== null) return children;
  if (facts.session !== null && connection !== "signed_out") return <ChooseLocation />;
  if (connection === "signed_out") {
    return (
      <main className="sign-in">
        <h1>{t("Sign in to your store")}</h1>
        <p>{t("Open the link that you were given, or paste the key of your store.")}</p>
        <SignInForm />
        <LanguagePicker />
      </main>
    );
  }
  if (connection === "offline") {
    return (
      <Failed
        title={t("The server can't be reached")}
        error={new Error(t("To sign in for the first time, this device needs the network."))}
        onRetry={() => void signIn.check()}
      />
    );
  }
  return <Notice icon="key" title={t("Signing in …")} />;
}

/** Who may work everywhere says where they are. */
function ChooseLocation() {
  const { t } = useTranslation();
  const { client, signIn } = useStore();
  const locations = useQuery({
    queryKey: ["locations"],
    queryFn: ({ signal }) => client.locations.list({ limit: 500, signal }),
  });
  if (locations.isPending) return <Notice icon="stock" title={t("Reading the locations …")} />;
  if (locations.error !== null) {
    return (
      <Failed
        title={t("The locations can't be read")}
        error={locations.error}
        onRetry={() => void locations.refetch()}
      />
    );
  }
  const choices = locations.data.items.map(({ locationId, name }) => ({ value: locationId, label: name }));
  return (
    <main className="sign-in">
      <h1>{t("Where are you?")}</h1>
      <SelectField
        label={t("Store")}
        value=""
        choices={[{ value: "", label: t("Choose …") }, ...choices]}
        onChange={(locationId) => {
          if (locationId !== "") void signIn.workAt(locationId);
        }}
      />
    </main>
  );
}

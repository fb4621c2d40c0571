import { useTranslation } from "react-i18next";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { OnhandClient } from "../../../client/onhand-client.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { WithCode } from "../ui/with-code.tsx";
import "./sign-in-page.css";

type SignInPageProps = { client: OnhandClient; onSignedIn: () => void };

/** How to get in: the link of the start, or a key. */
export function SignInPage({ client, onSignedIn }: SignInPageProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState("");
  const signIn = useMutation({ mutationFn: client.session.create, onSuccess: onSignedIn });
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <img src="/favicon.svg" alt="" width={36} height={36} />
        <h1>{t("Sign in to Onhand")}</h1>
        <p>{t("You are not signed in, or your session has ended. Stock is being counted all the same.")}</p>
        <ol>
          <li>
            <WithCode>
              {t("Open the link that {{command}} printed. It signs one browser in, once.", {
                command: "`onhand start`",
              })}
            </WithCode>
          </li>
          <li>
            <WithCode>
              {t("No link at hand: {{command}} prints a key. Paste it here.", {
                command: "`onhand keys create --role merchandiser`",
              })}
            </WithCode>
          </li>
        </ol>
        <form
          className="sign-in-form"
          onSubmit={(event) => {
            event.preventDefault();
            signIn.mutate(key.trim());
          }}
        >
          <TextField
            label={t("Key")}
            type="password"
            autoComplete="current-password"
            value={key}
            onChange={(event) => setKey(event.target.value)}
            required
          />
          {signIn.error === null ? null : (
            <p className="sign-in-error" role="alert">
              {signIn.error.message}
            </p>
          )}
          <Button type="submit" look="primary" disabled={signIn.isPending || key.trim() === ""}>
            {signIn.isPending ? t("Signing in …") : t("Sign in")}
          </Button>
        </form>
      </div>
    </main>
  );
}

import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useState } from "react";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import { type ThemeChoice, useTheme } from "../../src/app/theme.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { useStore, useWork } from "./store-context.tsx";
import { LanguagePicker } from "../../src/i18n/language-picker.tsx";

/** This device: who works with it, for which store, how it looks, and the way out. */
export function DevicePage() {
  const { t } = useTranslation();
  const { board, signIn } = useStore();
  const { facts, entries, connection } = useWork();
  const { choice, next } = useTheme();
  const [name, setName] = useState(facts.staffName);
  const waiting = entries.filter(({ refusal }) => refusal === null).length;
  return (
    <main className="page stack">
      <h1>{t("This device")}</h1>
      {connection === "signed_out" ? <SignInForm /> : null}
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          void board.keepFacts({ staffName: name.trim() });
        }}
      >
        <TextField
          label={t("Your name or initials, for colleagues")}
          autoComplete="nickname"
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" className="big" disabled={name.trim() === facts.staffName}>
          {name.trim() === facts.staffName ? t("Saved") : t("Save")}
        </Button>
      </form>
      <LanguagePicker />
      <dl className="card facts-list">
        <dt>{t("Store")}</dt>
        <dd>{facts.location?.name}</dd>
        <dt>{t("Device")}</dt>
        <dd>{facts.device}</dd>
        <dt>{t("Opens without network")}</dt>
        <dd>{isSecureContext ? t("Yes") : t("No: this needs https")}</dd>
      </dl>
      <Button className="big" onClick={next}>
        {t("Colours: {{look}}", { look: lookWords(t, choice) })}
      </Button>
      {waiting === 0 ? null : (
        <p className="muted">
          {t(
            "{{count}} actions wait to be sent. They stay on this device and are sent after the next sign-in for {{store}}.",
            { count: waiting, store: facts.location?.name ?? t("this store") },
          )}
        </p>
      )}
      <Button className="big" onClick={() => void signIn.signOut()}>
        {t("Sign out")}
      </Button>
    </main>
  );
}

function lookWords(t: TFunction, choice: ThemeChoice): string {
  switch (choice) {
    case "system":
      return t("as the device");
    case "light":
      return t("light");
    case "dark":
      return t("dark");
    default:
      return choice satisfies never;
  }
}

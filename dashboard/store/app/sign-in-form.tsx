import { useTranslation } from "react-i18next";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import { useStore, useWork } from "./store-context.tsx";

/** A key of the store, and who works with this device. What waits in the outbox is sent after it. */
export function SignInForm() {
  const { t } = useTranslation();
  const { signIn } = useStore();
  const { facts } = useWork();
  const [key, setKey] = useState("");
  const [name, setName] = useState(facts.staffName);
  const enter = useMutation({ mutationFn: () => signIn.withKey(key.trim(), name.trim()) });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!enter.isPending) enter.mutate();
      }}
    >
      <TextField
        label={t("Key of the store")}
        type="password"
        autoComplete="current-password"
        value={key}
        onChange={(event) => setKey(event.target.value)}
        required
      />
      <TextField
        label={t("Your name or initials, for colleagues (optional)")}
        autoComplete="nickname"
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {enter.error === null ? null : (
        <p className="form-error" role="alert">
          {enter.error.message}
        </p>
      )}
      <Button type="submit" look="primary" className="big" disabled={enter.isPending || key.trim() === ""}>
        {enter.isPending ? t("Signing in …") : t("Sign in")}
      </Button>
    </form>
  );
}

import { useState } from "react";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import { useTheme } from "../../src/app/theme.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { useStore, useWork } from "./store-context.tsx";

/** This device: who works with it, for which store, how it looks, and the way out. */
export function DevicePage() {
  const { board, signIn } = useStore();
  const { facts, entries, connection } = useWork();
  const { choice, next } = useTheme();
  const [name, setName] = useState(facts.staffName);
  const waiting = entries.filter(({ refusal }) => refusal === null).length;
  return (
    <main className="page stack">
      <h1>This device</h1>
      {connection === "signed_out" ? <SignInForm /> : null}
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          void board.keepFacts({ staffName: name.trim() });
        }}
      >
        <TextField
          label="Your name or initials, for colleagues"
          autoComplete="nickname"
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" className="big" disabled={name.trim() === facts.staffName}>
          {name.trim() === facts.staffName ? "Saved" : "Save"}
        </Button>
      </form>
      <dl className="card facts-list">
        <dt>Store</dt>
        <dd>{facts.location?.name}</dd>
        <dt>Device</dt>
        <dd>{facts.device}</dd>
        <dt>Opens without network</dt>
        <dd>{isSecureContext ? "Yes" : "No: this needs https"}</dd>
      </dl>
      <Button className="big" onClick={next}>
        {`Colours: ${choice === "system" ? "as the device" : choice}`}
      </Button>
      {waiting === 0 ? null : (
        <p className="muted">{`${waiting} actions wait to be sent. They stay on this device and are sent after the next sign-in for ${facts.location?.name ?? "this store"}.`}</p>
      )}
      <Button className="big" onClick={() => void signIn.signOut()}>
        Sign out
      </Button>
    </main>
  );
}

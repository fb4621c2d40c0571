import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { OnhandClient } from "../../../client/onhand-client.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import "./sign-in-page.css";

type SignInPageProps = { client: OnhandClient; onSignedIn: () => void };

/** How to get in: the link of the start, or a key. */
export function SignInPage({ client, onSignedIn }: SignInPageProps) {
  const [key, setKey] = useState("");
  const signIn = useMutation({ mutationFn: client.session.create, onSuccess: onSignedIn });
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <img src="/favicon.svg" alt="" width={36} height={36} />
        <h1>Sign in to Onhand</h1>
        <p>You are not signed in, or your session has ended. Stock is being counted all the same.</p>
        <ol>
          <li>
            Open the link that <code>onhand start</code> printed. It signs one browser in, once.
          </li>
          <li>
            No link at hand: <code>onhand keys create --role merchandiser</code> prints a key. Paste it here.
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
            label="Key"
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
            {signIn.isPending ? "Signing in …" : "Sign in"}
          </Button>
        </form>
      </div>
    </main>
  );
}

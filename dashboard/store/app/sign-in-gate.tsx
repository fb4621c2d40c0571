import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { SelectField } from "../../src/ui/field.tsx";
import { Notice } from "../../src/ui/notice.tsx";
import { Failed } from "../../src/ui/query-state.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { useStore, useWork } from "./store-context.tsx";

/** The pages for who is, or was, signed in on this device; for anybody else how to get in. */
export function SignInGate({ children }: { children: ReactNode }) {
  const { connection, facts } = useWork();
  const { signIn } = useStore();
  if (facts.session !== null && facts.location !== null) return children;
  if (facts.session !== null && connection !== "signed_out") return <ChooseLocation />;
  if (connection === "signed_out") {
    return (
      <main className="sign-in">
        <h1>Sign in to your store</h1>
        <p>Open the link that you were given, or paste the key of your store.</p>
        <SignInForm />
      </main>
    );
  }
  if (connection === "offline") {
    return (
      <Failed
        title="The server can't be reached"
        error={new Error("To sign in for the first time, this device needs the network.")}
        onRetry={() => void signIn.check()}
      />
    );
  }
  return <Notice icon="key" title="Signing in …" />;
}

/** Who may work everywhere says where they are. */
function ChooseLocation() {
  const { client, signIn } = useStore();
  const locations = useQuery({
    queryKey: ["locations"],
    queryFn: ({ signal }) => client.locations.list({ limit: 500, signal }),
  });
  if (locations.isPending) return <Notice icon="stock" title="Reading the locations …" />;
  if (locations.error !== null) {
    return (
      <Failed
        title="The locations can't be read"
        error={locations.error}
        onRetry={() => void locations.refetch()}
      />
    );
  }
  const choices = locations.data.items.map(({ locationId, name }) => ({ value: locationId, label: name }));
  return (
    <main className="sign-in">
      <h1>Where are you?</h1>
      <SelectField
        label="Store"
        value=""
        choices={[{ value: "", label: "Choose …" }, ...choices]}
        onChange={(locationId) => {
          if (locationId !== "") void signIn.workAt(locationId);
        }}
      />
    </main>
  );
}

import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { ApiProblem } from "../../../client/api-problem.ts";
import type { OnhandClient } from "../../../client/onhand-client.ts";
import { LiveProvider } from "../live/live-context.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { SessionContext } from "./session-context.ts";

const SignInPage = lazy(async () => ({ default: (await import("./sign-in-page.tsx")).SignInPage }));

/** Shows what is below it to who is signed in, and to anybody else how to get in. */
export function SessionGate({ client, children }: { client: OnhandClient; children: ReactNode }) {
  const { t } = useTranslation();
  const session = useQuery({
    queryKey: ["session"],
    queryFn: ({ signal }) => client.session.get(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (session.isPending) return <Notice icon="key" title={t("Signing in …")} />;
  if (session.error instanceof ApiProblem && session.error.status === 401) {
    return (
      <Suspense fallback={null}>
        <SignInPage client={client} onSignedIn={() => void session.refetch()} />
      </Suspense>
    );
  }
  if (session.error !== null) {
    return (
      <Notice
        icon="warning"
        title={t("The server can't be reached")}
        isBad
        action={<Button onClick={() => void session.refetch()}>{t("Try again")}</Button>}
      >
        {session.error.message}{" "}
        {t(
          "Stock is still being counted where the server runs; only this page has no way to it. Check that it is started, and that this address is its own.",
        )}
      </Notice>
    );
  }
  return (
    <SessionContext value={session.data}>
      <LiveProvider
        key={session.data.actor}
        client={client}
        isOpen={session.data.role !== "analyst"}
        onSessionEnded={() => void session.refetch()}
      >
        {children}
      </LiveProvider>
    </SessionContext>
  );
}

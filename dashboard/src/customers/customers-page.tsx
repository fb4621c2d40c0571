import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import { customerIdSchema } from "../../../domain/customers/customer-id.ts";
import { identifierInputSchema } from "../../../domain/customers/identifier.ts";
import { PageHead } from "../app/page-head.tsx";
import { useLive } from "../live/live-context.tsx";
import { Button } from "../ui/button.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import "./customer-page.css";
import { type Kind, kindWords } from "./kind-words.ts";
import { LargestExpected } from "./largest-expected.tsx";

/** Finds one person by what is known of them. Nothing that is typed here stands in an address or is kept. */
export function CustomersPage() {
  const { t } = useTranslation();
  const { client } = useLive();
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind>("email");
  const [value, setValue] = useState("");
  const [source, setSource] = useState("");
  const words = kindWords(t);
  const typed = value.trim();
  const isId = kind === "id";
  const identifier = identifierInputSchema.safeParse(
    kind === "email" ? { kind, value: typed } : { kind, value: typed, source: source.trim() },
  );
  const canFind = isId ? customerIdSchema.safeParse(typed).success : identifier.success;
  const find = useMutation({
    mutationFn: async () => {
      if (isId || !identifier.success) return typed;
      return (await client.customers.lookup(identifier.data)).customerId;
    },
    onSuccess: (customerId) => void navigate(`/customers/${encodeURIComponent(customerId)}`),
  });
  return (
    <>
      <PageHead title={t("Customers")} />
      <div className="page-body">
        <div className="page-scroll customer-page">
          <form
            className="customer-find"
            aria-label={t("Find a customer")}
            onSubmit={(event) => {
              event.preventDefault();
              if (canFind) find.mutate();
            }}
          >
            <SelectField
              label={t("Known by")}
              value={kind}
              choices={Object.entries(words).map(([id, label]) => ({ value: id, label }))}
              onChange={(next) => {
                const known = KINDS.find((each) => each === next);
                if (known !== undefined) setKind(known);
                find.reset();
              }}
            />
            <TextField
              label={words[kind]}
              type={kind === "email" ? "email" : "text"}
              autoComplete="off"
              data-page-search
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
            {kind === "external" || kind === "loyalty" || kind === "account" ? (
              <TextField
                label={
                  kind === "external" ? t("The system that gave it") : t("Programme, where there are several")
                }
                autoComplete="off"
                value={source}
                onChange={(event) => setSource(event.target.value)}
              />
            ) : null}
            <Button type="submit" look="primary" disabled={!canFind || find.isPending}>
              {t("Find")}
            </Button>
          </form>
          {find.error === null ? null : <NotFound error={find.error} />}
          <LargestExpected />
        </div>
      </div>
    </>
  );
}

const KINDS = ["email", "email_hash", "loyalty", "account", "external", "id"] as const;

function NotFound({ error }: { error: Error }) {
  const { t } = useTranslation();
  if (error instanceof ApiProblem && error.code === "customer_not_found") {
    return (
      <Notice icon="search" title={t("Nobody is known by this")}>
        {t("Look for a typing mistake, or try something else that they are known by.")}
      </Notice>
    );
  }
  return (
    <p className="form-error" role="alert">
      {error.message}
    </p>
  );
}

import type { TFunction } from "i18next";
import type { IdentifierInput } from "../../../domain/customers/identifier.ts";

/** By what a person is looked for. */
export type Kind = IdentifierInput["kind"] | "id";

export function kindWords(t: TFunction): Record<Kind, string> {
  return {
    email: t("E-mail address"),
    email_hash: t("Hash of an e-mail address"),
    loyalty: t("Number of a card"),
    account: t("Id of a sign-in"),
    external: t("Id in another system"),
    id: t("Customer id"),
  };
}

import { createContext, useContext } from "react";
import type { Session } from "../../../domain/api/credentials.ts";

export const SessionContext = createContext<Session | null>(null);

/** Who is signed in. Only below the gate, where somebody is. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession needs a SessionGate above it");
  return session;
}

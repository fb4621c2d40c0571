const MAY_ASK: ReadonlySet<string> = new Set(["analyst", "admin"]);

/** Whether somebody of this role may ask in SQL; the server's `/clickhouse/` holds it. */
export const mayAskSql = (role: string): boolean => MAY_ASK.has(role);

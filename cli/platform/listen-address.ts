import { z } from "zod";

export type ListenAddress = { host: string; port: number };

/** `host:port`, for example 127.0.0.1:8080 or [::1]:8080; port 0 takes a free one. */
export function listenSchema(fallback: string) {
  return z
    .string()
    .default(fallback)
    .transform((text, context): ListenAddress => {
      const parts = /^(\[[0-9a-fA-F:]+\]|[^:\s]+):(\d{1,5})$/.exec(text.trim());
      const host = parts?.[1];
      const port = Number(parts?.[2]);
      if (host === undefined || !(port <= 65_535)) {
        context.addIssue({ code: "custom", message: `"${text}" is not host:port, for example ${fallback}` });
        return z.NEVER;
      }
      return { host: host.replace(/^\[|\]$/g, ""), port };
    });
}

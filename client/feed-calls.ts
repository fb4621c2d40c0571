import type { z } from "zod";
import {
  type feedAuditFoundSchema,
  feedAuditsPageSchema,
  type feedAuditWishSchema,
  feedRunsPageSchema,
  storedFeedSettingsSchema,
} from "../domain/api/feeds.ts";
import { feedAuditSchema } from "../domain/feeds/feed-audit.ts";
import { feedLintSchema } from "../domain/feeds/feed-finding.ts";
import type { feedSettingsSchema } from "../domain/feeds/feed-settings.ts";
import type { Call } from "./http.ts";

type FeedPage = { cursor?: string; limit?: number; signal?: AbortSignal };

/** What is told to the world of stock. The feeds themselves are text, and are fetched from their addresses: docs/feeds.md. */
export function createFeedCalls(call: Call) {
  const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });
  return {
    /** What was sent when, the newest first. */
    runs: ({ signal, ...query }: FeedPage & { feed?: string } = {}) =>
      call("GET", "/v1/feeds/runs", feedRunsPageSchema, { query, ...withSignal(signal) }),
    settings: (signal?: AbortSignal) =>
      call("GET", "/v1/feeds/settings", storedFeedSettingsSchema, withSignal(signal)),
    setSettings: (settings: z.input<typeof feedSettingsSchema>) =>
      call("PUT", "/v1/feeds/settings", storedFeedSettingsSchema, { body: settings }),
    /** Judges the text of a local inventory feed. */
    lint: (text: string) =>
      call("POST", "/v1/feeds/lint", feedLintSchema, { body: { text }, isReading: true }),
    /** Rehearsals of the audit, the newest first, without their rows. */
    audits: ({ signal, ...query }: FeedPage & { location?: string } = {}) =>
      call("GET", "/v1/feeds/audits", feedAuditsPageSchema, { query, ...withSignal(signal) }),
    audit: (auditId: string, signal?: AbortSignal) =>
      call("GET", `/v1/feeds/audits/${encodeURIComponent(auditId)}`, feedAuditSchema, withSignal(signal)),
    /** Draws products of a store from what the feed told of it. */
    drawAudit: (wish: z.input<typeof feedAuditWishSchema>) =>
      call("POST", "/v1/feeds/audits", feedAuditSchema, { body: wish }),
    /** What was found on the shelf; a repeat replaces. */
    takeFound: (auditId: string, found: z.input<typeof feedAuditFoundSchema>["found"]) =>
      call("POST", `/v1/feeds/audits/${encodeURIComponent(auditId)}/found`, feedAuditSchema, {
        body: { found },
      }),
  };
}

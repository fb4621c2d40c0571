/** What every list takes. `cursor` is the last page's `nextCursor`; `query` searches ids and names. */
export type PageOptions = { query?: string; cursor?: string; limit?: number; signal?: AbortSignal };

import { type ServerFrame, serverFrameSchema } from "../../domain/availability/stream-frames.ts";

export type StreamedEvent = { id: string | null; frame: ServerFrame };

/** Reads server-sent events as a browser does, with what `fetch` gives; `events` grows as they come. */
export async function openEventStream(url: string, headers: Record<string, string>) {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const events: StreamedEvent[] = [];
  const state = { isEnded: false };
  const read = async () => {
    if (response.body === null || !response.ok) return;
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        const id = /^id: (.*)$/m.exec(block)?.[1] ?? null;
        if (data !== undefined) events.push({ id, frame: serverFrameSchema.parse(JSON.parse(data)) });
      }
    }
  };
  void read()
    .catch(() => {})
    .finally(() => {
      state.isEnded = true;
    });
  return {
    response,
    events,
    state,
    of: <Type extends ServerFrame["type"]>(type: Type) =>
      events.flatMap(({ frame }) =>
        frame.type === type ? [frame as Extract<ServerFrame, { type: Type }>] : [],
      ),
    close: () => abort.abort(),
  };
}

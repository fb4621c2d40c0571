export { ApiProblem, type ProblemBody } from "./api-problem.ts";
export type { HttpOptions } from "./http.ts";
export { createOnhandClient, type OnhandClient, type PageOptions } from "./onhand-client.ts";
export {
  type AvailabilityStream,
  type AvailabilityStreamOptions,
  openAvailabilityStream,
  type StreamEvent,
  type StreamState,
  type StreamStatus,
} from "./stream/availability-stream.ts";
export type { WebSocketConstructor, WebSocketLike } from "./stream/web-socket-like.ts";

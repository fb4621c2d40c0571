export { ApiProblem, type ProblemBody } from "./api-problem.ts";
export type { HttpOptions } from "./http.ts";
export { createIdempotencyKey } from "./idempotency-key.ts";
export {
  type AvailabilityOptions,
  type ClientStreamOptions,
  createOnhandClient,
  type OnhandClient,
} from "./onhand-client.ts";
export type { PageOptions } from "./page-options.ts";
export type { OrderQuery, OrderWishInput } from "./order-calls.ts";
export type { CommandOptions, ReservationPart, ReservationWishInput } from "./reservation-calls.ts";
export {
  type AvailabilityStream,
  type AvailabilityStreamOptions,
  openAvailabilityStream,
  type StreamEvent,
  type StreamFilter,
  type StreamState,
  type StreamStatus,
} from "./stream/availability-stream.ts";
export type { PurchaseQuery, ReturnQuery } from "./return-calls.ts";
export type { TaskQuery } from "./task-calls.ts";
export type { WebSocketConstructor, WebSocketLike } from "./stream/web-socket-like.ts";
export type {
  AvailabilityAnswer,
  AvailabilityItem,
  AvailabilityQuery,
} from "../domain/availability/availability-item.ts";
export type { Order, OrderLine } from "../domain/orders/order.ts";
export type { Location } from "../domain/location.ts";
export type { Product } from "../domain/product.ts";
export type {
  Alternative,
  MissedLine,
  Reservation,
  ReservationLine,
  ReservationStatus,
} from "../domain/reservations/reservation.ts";
export type { PromiseAnswer, PromiseShipment, PromiseWay } from "../domain/promise/promise.ts";
export type { Miss } from "../domain/misses/miss.ts";
export type { Return, ReturnLine } from "../domain/returns/return.ts";
export type { ReportAnswer, ReportHeader, ReportRow } from "../domain/reports/report.ts";
export type { TaskAnswer, TaskKind, TaskLine, TaskState } from "../domain/tasks/task.ts";

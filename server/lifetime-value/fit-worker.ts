import { parentPort } from "node:worker_threads";
import {
  computeLifetimeValues,
  type LifetimeValueInput,
} from "../../domain/lifetime-value/compute-lifetime-values.ts";

// Beside the event loop that answers people: one message with the histories in, one with fits and values out.
parentPort?.once("message", (input: LifetimeValueInput) => {
  parentPort?.postMessage(computeLifetimeValues(input));
});

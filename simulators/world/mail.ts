import type { Engine, Process } from "../engine.ts";
import type { MessageBody, SimulatedMessage } from "../message.ts";
import { createRandom } from "../random.ts";
import type { Scenario, Span } from "../scenario.ts";

/** After an outage a store's other systems deliver what they kept, so many messages a second. */
const LATE_EVENTS_PER_SECOND = 5;

/** The way of messages out of the stores: now and then one goes twice, and a store without a network keeps its own. */
export type Mail = {
  emit(locationId: string, topic: string, body: MessageBody): void;
  isCutOff(locationId: string): boolean;
  deliverAfter(outage: Span): Process;
};

export function createMail(
  scenario: Scenario,
  firstStoreId: string,
  engine: Engine,
  outbox: SimulatedMessage[],
  seed: number,
): Mail {
  const repeats = createRandom(seed, "repeated deliveries");
  const { outage } = scenario.incidents;
  const kept: [string, string, MessageBody][] = [];
  let isDelivering = outage !== null;

  const isCutOff = (locationId: string): boolean => {
    const nowMs = engine.nowMs();
    return locationId === firstStoreId && outage !== null && nowMs >= outage.fromMs && nowMs < outage.toMs;
  };
  const send = (locationId: string, topic: string, body: MessageBody): void => {
    const message = { dueMs: engine.nowMs(), locationId, topic: `${locationId}/${topic}`, body };
    outbox.push(message);
    if (repeats.chance(scenario.duplicateProbability)) outbox.push(message);
  };

  return {
    emit: (locationId, topic, body) => {
      // Readers keep their own. What a till has to say next waits behind what it said before.
      const mustWait =
        locationId === firstStoreId && isDelivering && (isCutOff(locationId) || kept.length > 0);
      if (body.kind !== "reads" && mustWait) kept.push([locationId, topic, body]);
      else send(locationId, topic, body);
    },
    isCutOff,
    *deliverAfter(span) {
      yield span.toMs - engine.nowMs();
      for (let next = kept.shift(); next !== undefined; next = kept.shift()) {
        send(...next);
        yield 1000 / LATE_EVENTS_PER_SECOND;
      }
      isDelivering = false;
    },
  };
}

/**
 * What a webhook can be told of, by name. An area that has something to tell adds its types here; `hold.*` in a webhook's list
 * takes in those that are added later.
 */
export const WEBHOOK_EVENT_TYPES = {
  "availability.changed":
    "What can be promised somewhere changed, or crossed one of the webhook's thresholds",
  "hold.granted": "Stock is held for a reservation",
  "hold.extended": "A hold lives longer",
  "hold.released": "A hold was given back",
  "hold.expired": "A hold came to its end without being given back or fulfilled",
  "hold.at_risk": "Stock no longer covers a hold: find the shopper something else",
  "hold.covered": "Stock covers a hold again that was at risk",
  "reservation.confirmed": "A held reservation was bought",
  "reservation.transferred": "A reservation moved to another location",
  "reservation.picked": "Its units were taken from the shelf",
  "reservation.short": "Units of it were not found",
  "reservation.fulfilled": "All of it was handed over",
  "order.placed": "An order was taken, and what it needs is held",
  "order.allocated": "Its units are held, each at a place",
  "order.sent_to_store": "Its task is on the devices of the store",
  "order.accepted": "Somebody in the store took it on",
  "order.picking": "Its picking has begun",
  "order.short": "Units of it cannot be had: its customer has to be told",
  "order.ready": "A part of it lies ready: send the pickup code to the customer",
  "order.arrived": "Its customer waits outside",
  "order.collected": "Handed over to its customer",
  "order.shipped": "Handed over to a carrier",
  "order.delivered": "A parcel of it reached its customer",
  "order.changed": "Lines of it are fewer, or come from elsewhere or another way",
  "order.cancelled": "Units of it were cancelled; the last step of its timeline says why",
  "order.no_show": "Nobody came for it in time: its goods are available again",
  "order.told": "Its customer was told what they do not get",
  "order.returned": "Units of it came back",
  "customer.created": "Somebody is known who was not",
  "customer.merged": "Two customers are one person from now on",
  "customer.unmerged": "A merge was taken back: its customers are whom they were without it",
  "customer.consented": "A person agreed to something or refused it: ask for the customer",
  "customer.erased": "A person was forgotten: forget what you know by these ids too",
  "task.created": "There is work for a store's staff",
  "task.accepted": "Somebody does it",
  "task.done": "It was done, by whomever",
  "task.short": "Nothing of it could be had",
  "task.cancelled": "It is not wanted any more",
  "task.reminded": "Its store was reminded of it",
  "task.escalated": "Nobody took it in time, or it is overdue",
  "task.conflicted": "Work came too late to count: a person has to look",
  "return.received": "Goods came back and are on hand; what is sellable is available",
  "return.inspected": "Somebody looked at goods that came back: sellable, damaged, or for display only",
  "return.refused": "A return that was begun was refused: nothing was moved",
  "miss.recorded": "Somebody wanted what was not there",
  "miss.saved": "An order elsewhere saved a sale that was missed",
  "webhook.test": "You asked for a test",
} as const;

export type WebhookEventType = keyof typeof WEBHOOK_EVENT_TYPES;

/** A type, all of an area (`hold.*`), or `*`. */
export function matchesEventType(pattern: string, type: WebhookEventType): boolean {
  if (pattern === "*") return true;
  return pattern.endsWith(".*") ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

export function isEventPattern(pattern: string): boolean {
  const types = Object.keys(WEBHOOK_EVENT_TYPES);
  if (pattern === "*") return true;
  return pattern.endsWith(".*")
    ? types.some((type) => type.startsWith(pattern.slice(0, -1)))
    : types.includes(pattern);
}

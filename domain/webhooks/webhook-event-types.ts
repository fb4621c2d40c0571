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

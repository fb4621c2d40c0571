/** One message's place in the order of acknowledgements of its connection. */
export type AckPlace<T> = { readonly value: T; isSettled: boolean };

export type AckQueue<T> = {
  /** Takes the next place, in the order of arrival. */
  join(value: T): AckPlace<T>;
  /** Marks a place as ready; it and those behind it that are ready are released as soon as all before it are. */
  settle(place: AckPlace<T>): void;
  readonly waiting: number;
};

/**
 * MQTT wants acknowledgements in the order in which the messages came (MQTT-4.6.0-2), while messages become durable in
 * any order. Bounded by whoever lets messages in.
 */
export function createAckQueue<T>(release: (value: T) => void): AckQueue<T> {
  let places: AckPlace<T>[] = [];
  let head = 0;

  return {
    join(value) {
      const place = { value, isSettled: false };
      places.push(place);
      return place;
    },
    settle(place) {
      place.isSettled = true;
      for (let next = places[head]; next?.isSettled === true; next = places[head]) {
        head += 1;
        release(next.value);
      }
      if (head > 1_024 && head * 2 > places.length) {
        places = places.slice(head);
        head = 0;
      }
    },
    get waiting() {
      return places.length - head;
    },
  };
}

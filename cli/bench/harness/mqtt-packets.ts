/**
 * The four packets of MQTT 3.1.1 that a publisher needs, as bytes (OASIS MQTT 3.1.1, chapter 3). A client library is itself
 * the limit at some 18,000 messages a second; these are made before the clock starts.
 */
export function connectPacket(clientId: string, user?: { username: string; password: string }): Buffer {
  const cleanSession = 0x02;
  const withUser = 0xc0;
  const body = Buffer.concat([
    text("MQTT"),
    // Protocol level 4, flags, no keep-alive.
    Buffer.from([4, user === undefined ? cleanSession : cleanSession | withUser, 0, 0]),
    text(clientId),
    ...(user === undefined ? [] : [text(user.username), text(user.password)]),
  ]);
  return Buffer.concat([Buffer.from([0x10]), remainingLength(body.length), body]);
}

/** PUBLISH with QoS 1. `packetId` from 1 to 65535. */
export function publishPacket(topic: string, payload: string, packetId: number): Buffer {
  const head = text(topic);
  const bytes = Buffer.from(payload);
  const length = remainingLength(head.length + 2 + bytes.length);
  const id = Buffer.from([packetId >> 8, packetId & 0xff]);
  return Buffer.concat([Buffer.from([0x32]), length, head, id, bytes]);
}

export const DISCONNECT_PACKET: Buffer = Buffer.from([0xe0, 0]);

/** Both CONNACK and PUBACK are four bytes long. */
export const ACKNOWLEDGEMENT_BYTES = 4;

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

function remainingLength(length: number): Buffer {
  const digits: number[] = [];
  let rest = length;
  do {
    const digit = rest % 128;
    rest = Math.floor(rest / 128);
    digits.push(rest > 0 ? digit | 0x80 : digit);
  } while (rest > 0);
  return Buffer.from(digits);
}

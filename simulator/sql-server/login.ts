/** What a LOGIN7 message says about who connects. */
interface Login {
  readonly user: string;
  readonly password: string;
}

const field = (message: Buffer, at: number): Buffer => {
  const start = message.readUInt16LE(at);
  return message.subarray(start, start + 2 * message.readUInt16LE(at + 2));
};

/** TDS hides a password by exchanging the halves of each byte and flipping some of its bits. */
const unhidden = (hidden: Buffer): Buffer =>
  Buffer.from(hidden.map((byte) => (((byte ^ 0xa5) << 4) | ((byte ^ 0xa5) >> 4)) & 0xff));

export const readLogin = (message: Buffer): Login => ({
  user: field(message, 40).toString('utf16le'),
  password: unhidden(field(message, 44)).toString('utf16le'),
});

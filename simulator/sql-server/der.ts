/** The few parts of DER, the encoding of certificates, that a P-256 certificate needs. */

const element = (tag: number, contents: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};

export const sequence = (...contents: readonly Buffer[]): Buffer => element(0x30, contents);
export const set = (...contents: readonly Buffer[]): Buffer => element(0x31, contents);
/** A positive number; its first byte is neither 0 nor above 127. */
export const integer = (bytes: Buffer): Buffer => element(0x02, [bytes]);
export const octets = (content: Buffer): Buffer => element(0x04, [content]);
export const bits = (content: Buffer): Buffer => element(0x03, [Buffer.from([0]), content]);
export const text = (content: string): Buffer => element(0x0c, [Buffer.from(content)]);
/** A time before 2050: YYMMDDhhmmssZ. */
export const time = (content: string): Buffer => element(0x17, [Buffer.from(content)]);
/** A time from 2050 on: YYYYMMDDhhmmssZ. */
export const laterTime = (content: string): Buffer => element(0x18, [Buffer.from(content)]);
/** Contents under the explicit tag of that number. */
export const tagged = (number: number, ...contents: readonly Buffer[]): Buffer =>
  element(0xa0 + number, contents);
export const dnsName = (name: string): Buffer => element(0x82, [Buffer.from(name)]);
export const yes = element(0x01, [Buffer.from([0xff])]);

/** Object identifiers, encoded as they stand in a certificate. */
export const identifiers = {
  commonName: Buffer.from('0603550403', 'hex'),
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
  subjectAlternativeName: Buffer.from('0603551d11', 'hex'),
  basicConstraints: Buffer.from('0603551d13', 'hex'),
} as const;

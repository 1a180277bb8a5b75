import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import type { Clock } from '../../world/clock.ts';
import { Random } from '../../world/random.ts';
import { type Json, parseJson } from './json.ts';

const algorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

const partition = (items: readonly Json[], size: number): readonly Json[] | undefined => {
  const whole = Math.trunc(size);
  if (whole < 1 || items.length === 0) return undefined;
  const chunks = Math.ceil(items.length / whole);
  return Array.from({ length: chunks }, (_, chunk) => items.slice(chunk * whole, (chunk + 1) * whole));
};

const range = (start: number, end: number, step?: number): number | readonly number[] | undefined => {
  if (step === undefined) return undefined;
  const [first, last, stride] = [start, end, step].map(Math.trunc);
  if (first === undefined || last === undefined || stride === undefined || stride === 0) return undefined;
  const length = Math.floor((last - first) / stride) + 1;
  if (length < 1) return undefined;
  // AWS answers a range of one number with that number.
  return length === 1 ? first : Array.from({ length }, (_, index) => first + index * stride);
};

const hash = (data: string, algorithm?: string): string | undefined => {
  const name = algorithms[algorithm ?? ''];
  return name === undefined ? undefined : createHash(name).update(data).digest('hex');
};

const uuid = (random: Random): string => {
  const hex = random.hex(32);
  const variant = ['8', '9', 'a', 'b'][Math.floor(random.next() * 4)] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** The functions AWS adds to JSONata, and JSONata's own that would read the machine's clock or chance. */
export const functions = (clock: Pick<Clock, 'now'>, random: Random): Readonly<Record<string, unknown>> => {
  const formatted = jsonata('$fromMillis($time, $picture, $zone)');
  return {
    partition,
    range,
    hash,
    random: (seed?: number): number => (seed === undefined ? random : new Random(seed)).next(),
    uuid: (): string => uuid(random),
    parse: parseJson,
    now: async (picture?: string, zone?: string): Promise<unknown> =>
      formatted.evaluate(undefined, { time: clock.now(), picture, zone }),
    millis: (): number => clock.now(),
    eval: undefined,
  };
};

const ofJsonata =
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match ' +
  'contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt ' +
  'power random boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each ' +
  'error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl ' +
  'decodeUrlComponent decodeUrl eval toMillis fromMillis clone now millis';
const names: ReadonlySet<string> = new Set([
  ...ofJsonata.split(' '),
  'partition',
  'range',
  'hash',
  'uuid',
  'parse',
]);

/** Whether `$name` is a function of JSONata or of AWS, and no variable. */
export const isFunctionName = (name: string): boolean => names.has(name);

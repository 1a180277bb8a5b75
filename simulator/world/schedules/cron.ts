/** The times of day, UTC, on which a cron expression of EventBridge Scheduler falls, and on which days. */
interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly daysOfWeek: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
}

interface Field {
  readonly least: number;
  readonly most: number;
  /** Words for the numbers from the least one on. */
  readonly words?: readonly string[];
}

const fields = {
  minutes: { least: 0, most: 59 },
  hours: { least: 0, most: 23 },
  daysOfMonth: { least: 1, most: 31 },
  months: {
    least: 1,
    most: 12,
    words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  daysOfWeek: { least: 1, most: 7, words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
  years: { least: 1970, most: 2199 },
} satisfies Record<keyof Cron, Field>;

const day = 24 * 60 * 60_000;

const range = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_none, index) => from + index * step);

const numberOf = (text: string, { least, most, words = [] }: Field): number | undefined => {
  const word = words.indexOf(text.toUpperCase());
  const number = word === -1 ? Number(/^\d+$/.exec(text)?.[0]) : least + word;
  return number >= least && number <= most ? number : undefined;
};

/** `*`, `5`, `MON-FRI`, `0/15`, `8-18/2`. */
const numbersOf = (part: string, field: Field): readonly number[] | undefined => {
  const {
    whole,
    from = '',
    to,
    step,
  } = /^(?:(?<whole>\*)|(?<from>\w+)(?:-(?<to>\w+))?)(?:\/(?<step>[1-9]\d*))?$/.exec(part)?.groups ?? {};
  const first = whole === undefined ? numberOf(from, field) : field.least;
  const open = whole !== undefined || step !== undefined;
  const last = to === undefined ? (open ? field.most : first) : numberOf(to, field);
  if (first === undefined || last === undefined || last < first) return undefined;
  return range(first, last, Number(step ?? 1));
};

const setOf = (text: string, field: Field): ReadonlySet<number> | undefined => {
  const parts = text.split(',').map((part) => numbersOf(part, field));
  return parts.every((part) => part !== undefined) ? new Set(parts.flat()) : undefined;
};

/** Reads the six fields; undefined where AWS would refuse them, and for L, W and #, which are not known here. */
export const readCron = (text: string): Cron | undefined => {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '', ...more] =
    text.split(/\s+/);
  // Exactly one of the two days is left open.
  if (more.length > 0 || (dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  const minutes = setOf(minute, fields.minutes);
  const hours = setOf(hour, fields.hours);
  const daysOfMonth = setOf(dayOfMonth.replace(/^\?$/, '*'), fields.daysOfMonth);
  const months = setOf(month, fields.months);
  const daysOfWeek = setOf(dayOfWeek.replace(/^\?$/, '*'), fields.daysOfWeek);
  const years = setOf(year, fields.years);
  return minutes && hours && daysOfMonth && months && daysOfWeek && years
    ? { minutes, hours, daysOfMonth, months, daysOfWeek, years }
    : undefined;
};

const isDay = ({ daysOfMonth, months, daysOfWeek, years }: Cron, date: Date): boolean =>
  years.has(date.getUTCFullYear()) &&
  months.has(date.getUTCMonth() + 1) &&
  daysOfMonth.has(date.getUTCDate()) &&
  daysOfWeek.has(date.getUTCDay() + 1);

const sorted = (numbers: ReadonlySet<number>): readonly number[] =>
  [...numbers].toSorted((one, other) => one - other);

/** The first time of the expression that is not earlier; null where there is none any more. */
export const cronTime = (cron: Cron, notBefore: number): number | null => {
  const end = Date.UTC(Math.max(...cron.years) + 1, 0, 1);
  for (let midnight = notBefore - (notBefore % day); midnight < end; midnight += day) {
    if (!isDay(cron, new Date(midnight))) continue;
    for (const hour of sorted(cron.hours))
      for (const minute of sorted(cron.minutes)) {
        const time = midnight + (hour * 60 + minute) * 60_000;
        if (time >= notBefore) return time;
      }
  }
  return null;
};

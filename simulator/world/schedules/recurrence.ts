import { cronTime, readCron } from './cron.ts';

/** When a schedule is due, in milliseconds since 1970; null where it is not any more. */
export interface Recurrence {
  /** For the first time, where it counts from that moment. */
  first(from: number): number | null;
  next(last: number): number | null;
}

const milliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const isUnit = (text: string): text is keyof typeof milliseconds => Object.hasOwn(milliseconds, text);

/** A rate begins at once. */
const rate = (count: number, unit: keyof typeof milliseconds): Recurrence => ({
  first: (from) => from,
  next: (last) => last + count * milliseconds[unit],
});

const once = (time: number): Recurrence => ({
  first: (from) => (time < from ? null : time),
  next: () => null,
});

/** A time of UTC as `at` has it; undefined where the calendar has none such. */
const timeOf = (text: string): number | undefined => {
  const date = new Date(`${text}Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 19) !== text
    ? undefined
    : date.getTime();
};

/** Reads `rate(1 day)`, `at(2026-01-05T08:00:00)` or `cron(0 8 ? * MON-FRI *)`, in UTC; undefined for all else. */
export const readExpression = (expression: string): Recurrence | undefined => {
  const [, kind, text = ''] = /^(rate|at|cron)\(([^()]+)\)$/.exec(expression) ?? [];
  if (kind === 'rate') {
    const [, count, unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text) ?? [];
    return isUnit(unit) ? rate(Number(count), unit) : undefined;
  }
  if (kind === 'at') {
    const time = timeOf(text);
    return time === undefined ? undefined : once(time);
  }
  const cron = kind === 'cron' ? readCron(text) : undefined;
  return cron && { first: (from) => cronTime(cron, from), next: (last) => cronTime(cron, last + 1) };
};

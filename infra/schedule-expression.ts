import { text } from '../functions/request/fields.ts';

/** Values, ranges and steps of one field, separated by commas. */
const listOf = (value: string): string => {
  const one = String.raw`(\*|${value}(-${value})?)(/\d{1,4})?`;
  return `${one}(,${one})*`;
};
const minute = '[0-5]?[0-9]';
const hour = '([01]?[0-9]|2[0-3])';
const day = '(0?[1-9]|[12][0-9]|3[01])';
const month = '(0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)';
const weekday = '([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)';
const year = '(19[7-9][0-9]|2[01][0-9]{2})';

/** Only one of the two says on which days; the other is a question mark. */
const days = `(${listOf(day)}|L|LW|${day}W) ${listOf(month)} [?]|[?] ${listOf(month)} (${listOf(weekday)}|${weekday}?L|${weekday}#[1-5])`;
const cron = `cron[(]${listOf(minute)} ${listOf(hour)} (${days}) ${listOf(year)}[)]`;
const rate = 'rate[(](1 (minute|hour|day)|([2-9]|[1-9][0-9]{1,4}) (minutes|hours|days))[)]';

/** What EventBridge Scheduler repeats a schedule by. */
export const scheduleExpression = text(
  new RegExp(`^(${rate}|${cron})$`),
  'write rate(value unit), such as "rate(1 day)" or "rate(12 hours)", or cron(minutes hours day-of-month month day-of-week year), such as "cron(0 6 ? * MON-FRI *)", a question mark for one of the two days',
);

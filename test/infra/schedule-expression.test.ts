import { describe, expect, it } from 'vitest';
import { scheduleExpression } from '../../infra/schedule-expression.ts';

const takes = (expression: string): boolean => scheduleExpression.safeParse(expression).success;

describe('the expression of a schedule', () => {
  it.each([
    'rate(1 minute)',
    'rate(1 day)',
    'rate(5 minutes)',
    'rate(12 hours)',
    'rate(10 days)',
    'cron(0 6 * * ? *)',
    'cron(15 10 ? * 6L 2025-2030)',
    'cron(0/10 * ? * MON-FRI *)',
    'cron(0,30 8-17 1,15 JAN-MAR,12 ? *)',
    'cron(0 18 LW * ? *)',
    'cron(0 18 3W * ? *)',
    'cron(0 9 ? * 2#1 *)',
    'cron(0 9 L * ? */2)',
  ])('may be %s', (expression) => {
    expect(takes(expression)).toBe(true);
  });

  it.each([
    'daily',
    'rate()',
    'rate(banana)',
    'rate(0 days)',
    'rate(01 days)',
    'rate(1 days)',
    'rate(2 day)',
    'rate(1.5 days)',
    'rate(5 weeks)',
    'rate(1 day) ',
    'at(2025-01-01T00:00:00)',
    'cron()',
    'cron(1)',
    'cron(0 6 * * ?)',
    'cron(0 6 * * ? * *)',
    'cron(0 6 * * * *)',
    'cron(0 6 ? * ? *)',
    'cron(0 6 1 * MON *)',
    'cron(60 6 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 6 32 * ? *)',
    'cron(0 6 * 13 ? *)',
    'cron(0 6 ? * 8 *)',
    'cron(0 6 ? * MO *)',
    'cron(0 6 * * ? 1969)',
    'cron(0 6 * * ? 2200)',
    'cron(0, 6 * * ? *)',
  ])('is never %s', (expression) => {
    expect(takes(expression)).toBe(false);
  });
});

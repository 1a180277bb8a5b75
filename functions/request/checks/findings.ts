import type { Finding } from '../../support/finding.ts';

/** What would make the provisioning fail. */
export const problem = (code: string, message: string): Finding => ({ level: 'error', code, message });

/** What works and may surprise. */
export const remark = (code: string, message: string): Finding => ({ level: 'warning', code, message });

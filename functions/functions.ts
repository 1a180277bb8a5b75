import type { Step } from './support/step.ts';

/** Every function by its name: what a state machine calls, and what is bundled and deployed. */
export const functions = {
  'validate-request': async () => (await import('./request/validate-request.ts')).validateRequest,
  'claim-request': async () => (await import('./request/claim-request.ts')).claimRequest,
  'check-account': async () => (await import('./request/check-account.ts')).checkAccount,
  'keep-secrets': async () => (await import('./request/keep-secrets.ts')).keepSecrets,
  'ensure-directory': async () => (await import('./directory/ensure-directory.ts')).ensureDirectory,
  'confirm-directory': async () => (await import('./directory/confirm-directory.ts')).confirmDirectory,
  'remove-directory': async () => (await import('./directory/remove-directory.ts')).removeDirectory,
  'open-directory-traffic': async () =>
    (await import('./directory/open-directory-traffic.ts')).openDirectoryTraffic,
  'route-public-addresses': async () =>
    (await import('./directory/route-public-addresses.ts')).routePublicAddresses,
  'send-command': async () => (await import('./domain-controller/send-command.ts')).sendCommand,
  'await-command': async () => (await import('./domain-controller/await-command.ts')).awaitCommand,
  'forward-dns': async () => (await import('./trust/forward-dns.ts')).forwardDns,
  'plan-trust': async () => (await import('./trust/plan-trust.ts')).planTrust,
  'ensure-trust': async () => (await import('./trust/ensure-trust.ts')).ensureTrust,
  'verify-trust': async () => (await import('./trust/verify-trust.ts')).verifyTrust,
  'await-verification': async () => (await import('./trust/await-verification.ts')).awaitVerification,
  'list-trusts': async () => (await import('./trust/list-trusts.ts')).listTrusts,
  'retire-secret': async () => (await import('./trust/retire-secret.ts')).retireSecret,
  'ensure-network': async () => (await import('./database/ensure-network.ts')).ensureNetwork,
  'ensure-instance': async () => (await import('./database/ensure-instance.ts')).ensureInstance,
  'join-domain': async () => (await import('./database/join-domain.ts')).joinDomain,
  'await-membership': async () => (await import('./database/await-membership.ts')).awaitMembership,
  'enter-logins': async () => (await import('./database/enter-logins.ts')).enterLogins,
  'create-windows-logins': async () =>
    (await import('./database/create-windows-logins.ts')).createWindowsLogins,
  'protect-instance': async () => (await import('./database/protect-instance.ts')).protectInstance,
  'publish-result': async () => (await import('./report/publish-result.ts')).publishResult,
  'report-trust': async () => (await import('./report/report-trust.ts')).reportTrust,
  conclude: async () => (await import('./report/conclude.ts')).conclude,
  'serve-catalog': async () => (await import('./catalog/serve-catalog.ts')).serveCatalog,
  'end-waiting': async () => (await import('./catalog/end-waiting.ts')).endWaiting,
  'explain-execution': async () => (await import('./report/explain-execution.ts')).explainExecution,
} satisfies Record<string, () => Promise<Step>>;

export type FunctionName = keyof typeof functions;

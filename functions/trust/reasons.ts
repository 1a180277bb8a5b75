/** What usually causes each of AWS's reasons why a trust failed, and what to do about it. */
const families: readonly (readonly [RegExp, string])[] = [
  [
    /access is denied/i,
    'Usually the two halves have different passwords, or the half on premises is missing or goes another way: start a new execution, which makes both halves anew with one password. Else the domain controllers refuse anonymous reading (NullSessionPipes must list netlogon, samr and lsarpc), or the first sites of the two domains have different names: mend that, then redrive the execution.',
  ],
  [
    /could not be contacted|does not exist/i,
    "Usually the directory does not reach the company's domain controllers or DNS servers, or they do not reach it: look at the conditional forwarders on both sides, the outbound rules of the directory's security group, network ACLs, routes, and the company's firewalls; DNS servers with public addresses need an IP route in the directory. A forwarder that was changed is cached for some minutes. Mend that, then redrive the execution.",
  ],
  [
    /operation (could not|cannot) be performed on this domain/i,
    'Usually both domains have the same NetBIOS name, or one of another trust has: give the directory another one. A NetBIOS name cannot be changed, so this needs a new directory.',
  ],
  [
    /required and valid domain name/i,
    "Usually the domain's name has a single label or characters that AWS does not accept: write its fully qualified name, then start a new execution.",
  ],
];

const unknown =
  'This is none of the usual reasons. Compare it with "Trust creation status reasons" in the guide of Directory Service, or run the runbook AWSSupport-TroubleshootDirectoryTrust, which checks network and names; then redrive the execution.';

/** AWS's reason, literally, and what usually causes it. */
export const explained = (reason: string | undefined): string => {
  if (reason === undefined) return `AWS gives no reason. ${unknown}`;
  const [, causes = unknown] = families.find(([pattern]) => pattern.test(reason)) ?? [];
  return `AWS: ${reason.replace(/\.?\s*$/, '.')} ${causes}`;
};

import { X509Certificate } from 'node:crypto';

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Whether one of the certificates is RDS's own in that Region, and still valid: every Region has its own. */
export const knowsRegion = (roots: string, region: string, now: Date): boolean =>
  (roots.match(certificate) ?? [])
    .map((pem) => new X509Certificate(pem))
    .some(
      ({ subject, validToDate }) => subject.includes(`CN=Amazon RDS ${region} Root CA`) && validToDate > now,
    );

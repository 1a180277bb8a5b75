import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CertificateAuthority } from '../../../simulator/sql-server/certificate-authority.ts';

const hostName = 'orders.abcdefghijkl.eu-west-1.rds.amazonaws.com';

describe('CertificateAuthority', () => {
  it('is an authority that signed itself', () => {
    const authority = new X509Certificate(new CertificateAuthority().certificatePem);

    expect(authority.ca).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
  });

  it('issues a certificate for that host name only', () => {
    const ca = new CertificateAuthority();

    const { certificatePem, keyPem } = ca.issue(hostName);

    const authority = new X509Certificate(ca.certificatePem);
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.checkIssued(authority)).toBe(true);
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.checkHost(hostName)).toBe(hostName);
    expect(certificate.checkHost('billing.abcdefghijkl.eu-west-1.rds.amazonaws.com')).toBeUndefined();
    expect(certificate.checkPrivateKey(createPrivateKey(keyPem))).toBe(true);
  });

  it('issues certificates that hold for as long as anybody simulates', () => {
    const { validFromDate, validToDate } = new X509Certificate(
      new CertificateAuthority().issue(hostName).certificatePem,
    );

    expect(validFromDate).toEqual(new Date('2000-01-01T00:00:00Z'));
    expect(validToDate).toEqual(new Date('2099-12-31T23:59:59Z'));
  });

  it('issues every certificate under its own number and key', () => {
    const ca = new CertificateAuthority();

    const [one, another] = [ca.issue(hostName), ca.issue(hostName)].map(
      ({ certificatePem }) => new X509Certificate(certificatePem),
    );

    expect(one?.serialNumber).not.toBe(another?.serialNumber);
    expect(one?.fingerprint256).not.toBe(another?.fingerprint256);
  });

  it('writes certificates of every length so that TLS can read them', () => {
    const ca = new CertificateAuthority();
    const names = Array.from({ length: 200 }, (_, length) => 'a'.repeat(length + 1));

    const read = names.map((name) => {
      const { certificatePem } = ca.issue(name);
      return new X509Certificate(certificatePem).subjectAltName;
    });

    expect(read).toEqual(names.map((name) => `DNS:${name}`));
  });
});

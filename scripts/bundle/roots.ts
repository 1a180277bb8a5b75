import { X509Certificate } from 'node:crypto';

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

const isAuthority = (pem: string): boolean => {
  try {
    return new X509Certificate(pem).ca;
  } catch {
    return false;
  }
};

/** The certificates of authorities in a text, one after another, as TLS wants them. */
export const authoritiesIn = (text: string): string => {
  const found = text.match(certificate) ?? [];
  if (found.length === 0) throw new Error('it holds no certificate');
  if (!found.every(isAuthority)) throw new Error("it holds a certificate that is no authority's");
  return `${found.join('\n')}\n`;
};

import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  bits,
  dnsName,
  identifiers,
  integer,
  laterTime,
  octets,
  sequence,
  set,
  tagged,
  text,
  time,
  yes,
} from './der.ts';

// TLS reads the wall clock, which a world's virtual time knows nothing of.
const validity = sequence(time('000101000000Z'), laterTime('20991231235959Z'));
const version3 = tagged(0, integer(Buffer.from([2])));
const signatureAlgorithm = sequence(identifiers.ecdsaWithSha256);
const isAuthority = sequence(identifiers.basicConstraints, yes, octets(sequence(yes)));

const named = (commonName: string): Buffer =>
  sequence(set(sequence(identifiers.commonName, text(commonName))));

const answersFor = (hostName: string): Buffer =>
  sequence(identifiers.subjectAlternativeName, octets(sequence(dnsName(hostName))));

const pem = (certificate: Buffer): string => {
  const lines = certificate.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
};

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A server's certificate and its private key. */
interface Credentials {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Stands for the RDS roots: issues each simulated SQL Server its certificate. Its key lives in memory only. */
export class CertificateAuthority {
  /** What a client has to trust. */
  readonly certificatePem: string;
  readonly #key: KeyObject;

  constructor() {
    const { publicKey, privateKey } = newKeys();
    this.#key = privateKey;
    this.certificatePem = this.#certify('Forestbridge simulator', publicKey, isAuthority);
  }

  issue(hostName: string): Credentials {
    const { publicKey, privateKey } = newKeys();
    return {
      certificatePem: this.#certify('SQL Server', publicKey, answersFor(hostName)),
      keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
  }

  #certify(subject: string, publicKey: KeyObject, extension: Buffer): string {
    const statement = sequence(
      version3,
      integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
      signatureAlgorithm,
      named('Forestbridge simulator'),
      validity,
      named(subject),
      publicKey.export({ type: 'spki', format: 'der' }),
      tagged(3, sequence(extension)),
    );
    return pem(sequence(statement, signatureAlgorithm, bits(sign('sha256', statement, this.#key))));
  }
}

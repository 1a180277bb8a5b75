import { describe, expect, it } from 'vitest';
import { RecordedFolder } from '../../scripts/record/files.ts';
import { placeholder, Redaction } from '../../scripts/record/redact.ts';

const folder = new RecordedFolder();

describe('passwords', () => {
  it('are in no recording', async () => {
    const redaction = new Redaction();
    for (const path of await folder.paths()) {
      const { calls } = await folder.read(path);

      expect(redaction.of(calls), path).toEqual(calls);
    }
  });

  it.each([
    [{ Password: 'S3cret' }, { Password: placeholder }],
    [{ TrustPassword: 'S3cret' }, { TrustPassword: placeholder }],
    [{ RandomPassword: 'S3cret' }, { RandomPassword: placeholder }],
    [{ MasterUserPassword: 'S3cret' }, { MasterUserPassword: placeholder }],
    [{ SecretString: 'S3cret' }, { SecretString: placeholder }],
    [{ SecretString: '["S3cret"]' }, { SecretString: placeholder }],
    [
      { SecretString: '{"username":"Admin","password":"S3cret"}' },
      { SecretString: `{"username":"Admin","password":"${placeholder}"}` },
    ],
    [{ calls: [{ input: { Password: 'S3cret' } }] }, { calls: [{ input: { Password: placeholder } }] }],
  ])('are taken out of %j', (given, redacted) => {
    expect(new Redaction().of(given)).toEqual(redacted);
  });

  it.each([
    { SecretId: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:trust-AbCdEf' },
    { SecretString: '{"username":"Admin"}' },
    { PasswordLength: 32, ExcludePunctuation: true },
  ])('are none in %j', (given) => {
    expect(new Redaction().of(given)).toEqual(given);
  });

  it('stop a recording that has them elsewhere', () => {
    const redaction = new Redaction();
    redaction.of({ SecretString: '{"password":"S3cret"}' });

    expect(() => redaction.check('The message is S3cret.')).toThrow('A password is left in the recording');
    expect(() => redaction.check(`The message is ${placeholder}.`)).not.toThrow();
  });
});

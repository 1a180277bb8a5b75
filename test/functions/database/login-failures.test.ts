import { ConnectionError } from 'tedious';
import { describe, expect, it } from 'vitest';
import { notMade, notOpened } from '../../../functions/database/login-failures.ts';

const instance = {
  identifier: 'orders',
  endpoint: 'orders.example.com',
  port: 1433,
  masterUserSecretArn: 'arn:secret',
};

describe('notOpened', () => {
  it('tells what went wrong in the first place, once', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.5:1433.'), { code: 'ECONNREFUSED' });
    const error = new ConnectionError('Failed to connect to orders.example.com:1433', 'ESOCKET', {
      cause: refused,
    });

    const failure = notOpened(error, instance);

    expect(failure.name).toBe('NotReady');
    expect(failure.cause).toBe(error);
    expect(failure.message).toBe(
      'The database orders at orders.example.com:1433 cannot be reached: connect ECONNREFUSED 10.0.0.5:1433. It may be rebooting; if this lasts, look whether its security group admits this function.',
    );
  });

  it('waits for a server that upgrades itself after its start', () => {
    const error = new ConnectionError(
      "Login failed for user 'admin'. Reason: Server is in script upgrade mode. Only administrator can connect at this time.",
      'ELOGIN',
    );

    const failure = notOpened(error, instance);

    expect(failure.name).toBe('NotReady');
    expect(failure.cause).toBe(error);
    expect(failure.message).toBe(
      "The database orders at orders.example.com:1433 has just started and lets nobody in yet: Login failed for user 'admin'. Reason: Server is in script upgrade mode. Only administrator can connect at this time.",
    );
  });

  it('names the file of the authorities where it cannot be read', () => {
    const failure = notOpened(new Error("ENOENT: no such file or directory, open '/missing.pem'"), instance);

    expect(failure.name).toBe('LoginFailed');
    expect(failure.message).toBe(
      "No safe connection to the database orders at orders.example.com:1433: ENOENT: no such file or directory, open '/missing.pem'. Its certificate must name that endpoint and come from an authority in the file that DATABASE_CA_FILE names. Put the present RDS roots there, then redrive the execution.",
    );
  });
});

describe('notMade', () => {
  it('waits where the server was lost, whatever says so', () => {
    const trust = {
      onPremises: { domainName: 'corp.example.com', shortName: 'CORP' },
      verifiedAt: '2025-01-01T00:00:00Z',
    };

    const failure = notMade('socket hang up', 'CORP\\Ann', trust, new Date('2025-01-02T00:00:00Z'));

    expect(failure.name).toBe('NotReady');
    expect(failure.message).toBe('The database was lost while it made the login CORP\\Ann: socket hang up.');
  });
});

import { describe, expect, it } from 'vitest';
import { explained, failedWith, redrive } from '../../support/explained-execution.ts';

describe('explain-execution, as to what to do next,', () => {
  it.each([
    ['Forbidden', 'outside the configured connections', 'the connections or the role extended'],
    ['PreflightFailed', 'not prepared yet', 'mend everything that is listed'],
    ['Conflict', 'changed it by hand', 'settle what the message says'],
    ['CommandFailed', 'SSM agent is offline', 'in Run Command'],
    ['TrustFailed', 'do not reach each other', 'mend what the reason points at'],
    ['DatabaseFailed', 'a quota', "the instance's events in RDS"],
    ['DomainJoinFailed', 'does not reach the directory', 'the security groups, the routes or the role'],
    ['LoginFailed', 'spelt differently', 'whether the trust still verifies'],
    ['Throttled', 'many calls', 'wait some minutes'],
    ['NotReady', 'takes longer', 'mend what stops it'],
    ['States.Timeout', 'hung on a call', "look at the function's log"],
    ['Sandbox.Timedout', 'hung on a call', "look at the function's log"],
    ['Lambda.Unknown', 'AWS Lambda had an outage', "the state machine's role"],
    ['TypeError', 'a defect of Forestbridge', "report it with this error's name"],
    ['constructor', 'a defect of Forestbridge', "report it with this error's name"],
  ])('tells what %s usually comes from, and what to do before the redrive', async (error, usually, next) => {
    const { account, executionArn } = await failedWith(error, 'Something is wrong.');

    const told = await explained(account, executionArn);

    expect(told).toMatchObject({ status: 'FAILED', error });
    expect(told).toHaveProperty('cause', expect.stringContaining(` with ${error}. `));
    expect(told).toHaveProperty('cause', expect.stringContaining('Something is wrong.'));
    expect(told).toHaveProperty('cause', expect.stringContaining(usually));
    expect(told).toHaveProperty('cause', expect.stringContaining(`Nothing was made. Next: `));
    expect(told).toHaveProperty('cause', expect.stringContaining(next));
    expect(told).toHaveProperty(
      'cause',
      expect.stringContaining(`, then continue where it stopped: ${redrive}`),
    );
  });

  it('has an invalid request corrected and started anew, and keeps its lines', async () => {
    const problems = 'The request has 2 problems:\n- requestId: write it.\n- trust: write it.';
    const { account, executionArn } = await failedWith('InvalidRequest', problems, 'Validate request');

    const told = await explained(account, executionArn);

    expect(told).toHaveProperty(
      'cause',
      expect.stringContaining(`${problems}\nUsually a value was mistyped`),
    );
    expect(told).toHaveProperty(
      'cause',
      expect.stringMatching(
        /Nothing was made\. Next: correct the request and start a new execution with it\.$/,
      ),
    );
  });

  it('starts anew what ended because something was to be removed, which no workflow of ours does', async () => {
    const { account, executionArn } = await failedWith('RemovalDue', 'The directory d-1 is to be removed.');

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringMatching(
        /Usually the workflow was changed by hand.* Next: deploy the stack again, and have the request carried out anew\.$/,
      ),
    );
  });

  it('does not take every failure to claim a request for a second execution', async () => {
    const { account, executionArn } = await failedWith('Throttled', 'Slow down.', 'Claim request');

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringContaining('many calls are made'),
    );
  });

  it('has the second execution of a request wait for the first', async () => {
    const { account, executionArn } = await failedWith('Conflict', 'Another one.', 'Claim request');

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringContaining(
        'Usually somebody started the same request twice, or used its requestId for another one. Nothing was made. Next: wait until the other execution has ended, or choose another requestId',
      ),
    );
  });

  it.each([
    'The product pp-1 was terminated. Usually somebody redrove it: launch a new product, or start a new execution with another requestId.',
    'The request orders was carried on by another execution, so this one must not go on. Start a new execution.',
  ])('has nobody redrive what would be refused again: %s', async (reason) => {
    const { account, executionArn } = await failedWith('Conflict', reason, 'Claim request');

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringMatching(/start a new execution of the same request, which takes up what exists\.$/),
    );
  });

  it('has an execution that cannot be redriven any more started anew', async () => {
    const { account, executionArn } = await failedWith('TrustFailed', 'No.');
    await account.clock.sleep(15 * 86_400_000);

    expect(await explained(account, executionArn)).toHaveProperty(
      'cause',
      expect.stringMatching(
        /then start a new execution of the same request, which takes up what exists; this one cannot be redriven any more\.$/,
      ),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { awaitCommand } from '../../../functions/domain-controller/await-command.ts';
import { judged, prepare } from '../../support/awaited-command.ts';
import { half } from '../../support/sent-command.ts';
import { managedNodeId } from '../../support/trust-account.ts';

describe('await-command, by the status of the command,', () => {
  it('waits while Systems Manager does not know the command, and while it runs', async () => {
    const { send, account } = await prepare();
    const input = await send('confirm-trust', half);

    await expect(account.run(awaitCommand, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `Systems Manager does not know yet of the command ${input.commandId} on ${managedNodeId}.`,
    });
    await account.seconds(3);
    await expect(account.run(awaitCommand, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `The command ${input.commandId} (confirm-trust on ${managedNodeId}) is In Progress.`,
    });
  });

  it.each([
    [{ Status: 'Pending', StatusDetails: 'Pending' }, 'Pending'],
    [{ Status: 'Delayed', StatusDetails: 'Delayed' }, 'Delayed'],
    [{ Status: 'Cancelling', StatusDetails: 'Cancelling' }, 'Cancelling'],
    [{ Status: 'InProgress' }, 'InProgress'],
    [{}, 'without a status'],
  ])('waits at %j', async (invocation, details) => {
    await expect(judged(invocation)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringMatching(new RegExp(` is ${details}\\.$`)),
    });
  });

  it('waits for a node that is down, and says so once the command has expired', async () => {
    const { send, account } = await prepare();
    account.controller.up = false;
    const input = await send('confirm-trust', half);
    await account.seconds(300);
    await expect(account.run(awaitCommand, input)).rejects.toMatchObject({ name: 'NotReady' });
    await account.seconds(600);

    await expect(account.run(awaitCommand, input)).rejects.toMatchObject({
      name: 'CommandFailed',
      message: expect.stringMatching(
        /ended without a result: Delivery Timed Out\. The node did not take it in time.*redrive/,
      ),
    });
  });

  it.each([
    ['TimedOut', 'Execution Timed Out', /did not end in time: look on the node/],
    ['Failed', 'Undeliverable', /The node cannot be reached/],
    ['Failed', 'Terminated', /It was stopped/],
    ['Cancelled', 'Canceled', /Somebody cancelled it/],
    ['Cancelled', undefined, /Cancelled\. Somebody cancelled it/],
    ['Failed', 'Invalid Platform', /no Windows machine/],
    ['Failed', 'Access Denied', /allow ssm:SendCommand/],
    ['Failed', 'Rate Exceeded', /too many commands/],
    ['Failed', 'No Instances In Tag', /No node was meant/],
    ['Failed', 'Incomplete', /look in Fleet Manager/],
    ['TimedOut', 'Something New', /Something New\. Look at the command in Systems Manager/],
    ['TimedOut', 'constructor', /constructor\. Look at the command/],
  ])('explains the end as %s, %s', async (Status, StatusDetails, message) => {
    await expect(judged({ Status, StatusDetails })).rejects.toMatchObject({
      name: 'CommandFailed',
      message: expect.stringMatching(message),
    });
  });
});

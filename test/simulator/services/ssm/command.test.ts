import { describe, expect, it } from 'vitest';
import { commandAccount, DocumentName } from '../../../support/command-account.ts';
import { managedNodeId } from '../../../support/company.ts';

describe('a command', () => {
  it('is unknown at first, then goes its way to the result of its script', async () => {
    const { send, show, statuses, forest } = commandAccount();
    const id = await send();
    const way = await statuses(id, 20);

    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(way.filter((status) => status !== 'Pending')).toEqual([
      'InvocationDoesNotExist',
      'In Progress',
      'Success',
    ]);
    const { StandardOutputContent = '', ...ended } = await show(id);
    expect(ended).toMatchObject({
      CommandId: id,
      InstanceId: managedNodeId,
      DocumentName,
      Comment: 'orders-1 forward-dns 0',
      Status: 'Success',
      ResponseCode: 0,
      StandardErrorContent: '',
    });
    expect(JSON.parse(StandardOutputContent)).toEqual({
      status: 'done',
      forwarder: ['10.0.0.4', '10.0.1.4'],
      changed: true,
    });
    expect([...forest.forwarders]).toEqual([['aws.example.com', ['10.0.0.4', '10.0.1.4']]]);
  });

  it('keeps its result when the time for it is over', async () => {
    const { send, show, minutes } = commandAccount();
    const id = await send();
    await minutes(13);

    expect(await show(id)).toMatchObject({ Status: 'Success', ResponseCode: 0 });
  });

  it('has not run before its time', async () => {
    const { send, show, seconds, forest } = commandAccount();
    const id = await send();
    await seconds(3);

    expect(await show(id)).toMatchObject({ ResponseCode: -1, StandardOutputContent: '' });
    expect(forest.forwarders.size).toBe(0);
  });

  it('fails with what its script says', async () => {
    const { send, show, seconds } = commandAccount();
    const id = await send({
      DocumentName: 'forestbridge-confirm-trust',
      Parameters: {
        DirectoryName: ['aws.example.com'],
        Direction: ['Inbound'],
        TrustType: ['Forest'],
      },
    });
    await seconds(20);

    const { StandardOutputContent = '', ...ended } = await show(id);
    expect(ended).toMatchObject({ Status: 'Failed', StatusDetails: 'Failed', ResponseCode: 1 });
    expect(JSON.parse(StandardOutputContent)).toMatchObject({ status: 'failed', reason: 'half-missing' });
  });

  it('waits for a node that is down, and runs once it is up', async () => {
    const { send, show, statuses, controller, seconds } = commandAccount();
    controller.up = false;
    const id = await send();

    expect((await statuses(id, 120, 5)).slice(-1)).toEqual(['Delayed']);
    expect(await show(id)).toMatchObject({ Status: 'Delayed', ResponseCode: -1 });
    controller.up = true;
    await seconds(90);
    expect(await show(id)).toMatchObject({ Status: 'Success' });
  });

  it('expires once its delivery and its script have had their time', async () => {
    const { send, show, controller, seconds, forest } = commandAccount();
    controller.up = false;
    const id = await send();

    // 600 seconds of the command and 120 of the document.
    await seconds(719);
    expect(await show(id)).toMatchObject({ Status: 'Delayed' });
    await seconds(1);
    expect(await show(id)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'Delivery Timed Out' });
    controller.up = true;
    await seconds(120);
    expect(await show(id)).toMatchObject({ Status: 'TimedOut' });
    expect(forest.forwarders.size).toBe(0);
  });

  it('takes an hour to be delivered where it says nothing else', async () => {
    const { send, show, controller, seconds } = commandAccount();
    controller.up = false;
    const id = await send({ TimeoutSeconds: undefined });

    await seconds(3719);
    expect(await show(id)).toMatchObject({ Status: 'Delayed' });
    await seconds(1);
    expect(await show(id)).toMatchObject({ Status: 'TimedOut' });
  });

  it('is known to nobody else', async () => {
    const { send, show, seconds } = commandAccount();
    const id = await send();
    await seconds(5);

    for (const call of [() => show(id, 'i-00000000'), () => show('00000000-0000-0000-0000-000000000000')])
      await expect(call()).rejects.toMatchObject({ name: 'InvocationDoesNotExist' });
  });
});

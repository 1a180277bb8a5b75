import { describe, expect, it } from 'vitest';
import { inbound, judged, network, prepare, printed } from '../../support/awaited-command.ts';
import { half, secretArn } from '../../support/sent-command.ts';
import { directoryName } from '../../support/trust-account.ts';

describe('await-command, once the script has ended,', () => {
  it('says what the script says where it failed', async () => {
    const { result, forest } = await prepare();
    forest.forwarders.clear();
    const parameters = { ...half, SelectiveAuthentication: 'false', SecretArn: secretArn, Action: 'create' };

    await expect(result('create-trust', parameters)).rejects.toMatchObject({
      name: 'CommandFailed',
      message: expect.stringMatching(
        /^The command [0-9a-f-]+ \(create-trust on mi-0a1b2c3d4e5f60718\) failed \(domain-not-found\): The specified domain aws\.example\.com .*Check the forwarder/,
      ),
    });
  });

  it('is a conflict where the script says so', async () => {
    const { result, forest } = await prepare();
    forest.forwarders.set(directoryName, ['10.99.0.1']);

    await expect(result('forward-dns', network)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(
        /^A conditional forwarder for aws\.example\.com exists and forwards to 10\.99\.0\.1 instead of/,
      ),
    });
    expect(forest.forwarders.get(directoryName)).toEqual(['10.99.0.1']);
  });

  it('reads only the last line, and what it does not know it leaves out', async () => {
    const line = JSON.stringify({ status: 'done', half: inbound, changed: true, other: 1 });

    await expect(judged(printed(`WARNING: {"half":1}\r\n\r\n${line}\r\n`))).resolves.toEqual({
      half: inbound,
      changed: true,
    });
  });

  it.each([
    ['nothing', printed(''), /ended as Success with exit code 0 .* It printed nothing\./],
    ['nothing that AWS shows', { Status: 'Success' }, /It printed nothing\./],
    ['words', printed('Access is denied.'), /It printed at last: Access is denied\. Look at the command/],
    [
      'half a result',
      printed('{"status":"done","half":{"dire\n--output truncated--'),
      /--output truncated--/,
    ],
    [
      'another result',
      printed({ status: 'done', forwarder: [] }),
      /It printed at last: \{"status":"done","forwarder":\[\]\}/,
    ],
    [
      'its result, and failed',
      { ...printed({ status: 'done', half: inbound, changed: true }, 'Failed'), ResponseCode: 3010 },
      /ended as Failed with exit code 3010/,
    ],
    [
      'its errors',
      {
        ...printed('Begin', 'Failed'),
        StandardErrorContent: `${'x'.repeat(500)}\u001b[31m\r\nThe term is unknown.`,
      },
      /at last: x{150,190} \[31m The term is unknown\. Look/,
    ],
    ['its errors alone', { Status: 'Failed', StandardErrorContent: 'Bad.' }, /It printed at last: Bad\./],
  ])('fails where the script printed %s', async (_what, invocation, message) => {
    const error = await judged(invocation).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CommandFailed', message: expect.stringMatching(message) });
    expect(String(error).length).toBeLessThan(700);
  });
});

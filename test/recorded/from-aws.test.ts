import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { RecordedFolder } from '../../scripts/record/files.ts';
import { Stage } from '../../scripts/record/stage.ts';
import { main } from '../../scripts/record.ts';
import { replay } from '../support/replay.ts';

/** An account that the SDK finds by its environment, as it finds AWS; an execution in it has come to that state. */
const accountAt = async (state: string) => {
  const stage = await Stage.of('one-way-forest', state);
  await stage.upTo();
  const { account } = stage.account;
  const door = await account.endpoint.listen(0);
  const location = await mkdtemp(join(tmpdir(), 'forestbridge-'));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await door.close();
    await account.close();
    await rm(location, { recursive: true });
  });
  vi.stubEnv('AWS_ENDPOINT_URL', door.url);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOPERATOR00000000');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'simulated');
  const said: string[] = [];
  const record = (name: string, ...options: string[]): Promise<number> =>
    main([name, '--from', 'aws', '--into', location, ...options], (line) => said.push(line));
  return { stage, said, record, location, folder: new RecordedFolder(location) };
};

describe('a recording from an account', () => {
  it('has what AWS was asked and answered, whatever the protocol', async () => {
    const { record, folder } = await accountAt('Check account');
    const path = 'request/check-account/ready-in-aws';

    expect(await record('request/check-account/ready')).toBe(0);

    const { at: _, ...recording } = await folder.read(path);
    const { at: __, ...kept } = await new RecordedFolder().read('request/check-account/ready');

    expect(recording).toEqual(kept);
    expect(await folder.manifest()).toEqual({ simulator: [], account: [path], documentation: {} });
  });

  it('stops before the first call that changes something', async () => {
    const { stage, said, record, folder } = await accountAt('Ensure directory');

    expect(await record('directory/ensure-directory/from-nothing')).toBe(1);
    expect(said).toEqual([
      'not recorded  directory/ensure-directory/from-nothing-in-aws: it would call dynamodb PutItem, which changes something; --allow-writes lets it',
    ]);
    expect(stage.world.directories.all).toEqual([]);
    expect(await folder.paths()).toEqual([]);
  });

  it('has no password of what it was allowed to make, and can be replayed', async () => {
    const { stage, record, folder, location } = await accountAt('Keep the Admin password');
    const path = 'request/keep-secrets/from-nothing-in-aws';

    expect(await record('request/keep-secrets/from-nothing', '--allow-writes')).toBe(0);

    const [secret] = stage.world.secrets.all;
    const { password } = z
      .object({ password: z.string() })
      .parse(JSON.parse(secret?.versions[0]?.value ?? '{}'));

    expect(await readFile(join(location, `${path}.json`), 'utf8')).not.toContain(password);
    await replay('keep-secrets', await folder.read(path));
  });

  it('is made of the event and the settings that are given', async () => {
    const { record, folder, location } = await accountAt('Claim request');
    const event = join(location, 'event.txt');
    const executionArn = 'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:another';
    await writeFile(event, JSON.stringify({ executionArn }));
    vi.stubEnv('LEDGER_TABLE', 'another-ledger');

    await record('report/explain-execution/unknown', '--event', event);

    expect(await folder.read('report/explain-execution/unknown-in-aws')).toMatchObject({
      event: { executionArn },
      environment: { LEDGER_TABLE: 'another-ledger' },
      calls: [{ input: { executionArn }, error: { code: 'ExecutionDoesNotExist' } }],
      error: { name: 'InvalidRequest' },
    });
  });

  it('is none of what a function asks of a database', async () => {
    const { said, record, folder } = await accountAt('Create Windows logins');

    expect(await record('database/create-windows-logins/from-nothing')).toBe(1);
    expect(said.join('\n')).toContain('what it asks of a database is recorded in the simulator alone');
    expect(await folder.paths()).toEqual([]);
  });

  it('is none where AWS cannot be asked', async () => {
    const { record, folder } = await accountAt('Validate request');
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');

    await expect(record('report/explain-execution/unknown')).rejects.toThrow('ECONNREFUSED');
    expect(await folder.paths()).toEqual([]);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../functions/request/schema.ts';
import { example } from '../../functions/request/requests.ts';
import { changedWorld, jsonFile, usualRequest } from '../../support/changed-world.ts';
import { forestbridge } from '../../support/shell.ts';

const examples = fileURLToPath(new URL('../../../events/worlds', import.meta.url));
const [subnetId = '', secondSubnetId = ''] = usualRequest.directory.subnetIds;
const id = 'd-0f1e2d3c4b';

/** The lines by which a file is refused. */
const problemsOf = async (differences: object): Promise<readonly string[]> => {
  const refusal: unknown = await changedWorld(differences).catch((error: unknown) => error);
  const [head = '', ...lines] = refusal instanceof Error ? refusal.message.split('\n') : [];
  expect(head).toMatch(`world.json has ${lines.length} problems:`);
  return lines;
};

/** What each line is about. */
const fieldsOf = (lines: readonly string[]): readonly (string | undefined)[] =>
  lines.map((line) => /^- (.*?): /.exec(line)?.[1]);

describe('a world file', () => {
  it('may change nothing', async () => {
    const world = await changedWorld({ comment: 'as it is' });

    expect(world.directories.all).toEqual([]);
    expect(world.causes.broken.size).toBe(0);
  });

  it('breaks causes, as --break does', async () => {
    const world = await changedWorld({
      breaks: ['trust-password', 'port-88'],
      company: { closedPorts: [636] },
    });

    expect(world.causes.broken).toEqual(new Set(['trust-password']));
    expect(world.forests[0]?.closedPorts).toEqual(new Set([636, 88]));
  });

  it('is refused with all that is wrong in it, each with its path and what to write', async () => {
    const problems = await problemsOf({
      colour: 'red',
      breaks: ['thunder'],
      company: {
        closedPorts: [0],
        domainControllers: [{ online: 'yes' }],
        trusts: { CORP: {} },
        accounts: [''],
      },
      network: {
        networkAcls: [
          { subnetIds: 'all', rules: [{ direction: 'up', ports: '9-1', action: 'drop', cidr: 'x' }] },
        ],
        securityGroups: [{ group: 'forestbridge-login', rules: [{ direction: 'in', peer: '10.0.0.0/33' }] }],
      },
      directories: [{ edition: 'Big', id: 'd-1' }],
      instances: Array.from({ length: 41 }, () => ({ identifier: 'x' })),
      failingDirectories: -1,
    });

    expect(fieldsOf(problems)).toEqual([
      'breaks[0]',
      'company.closedPorts[0]',
      'company.accounts[0]',
      'company.domainControllers[0].managedNodeId',
      'company.domainControllers[0].online',
      'company.trusts.CORP',
      'network.networkAcls[0].subnetIds',
      'network.networkAcls[0].rules[0].direction',
      'network.networkAcls[0].rules[0].ports',
      'network.networkAcls[0].rules[0].action',
      'network.networkAcls[0].rules[0].cidr',
      'network.securityGroups[0].rules[0].peer',
      'directories[0].id',
      'directories[0].edition',
      'failingDirectories',
      'instances',
      'colour',
    ]);
    for (const line of problems) expect(line).toMatch(/: (write|leave it out)/);
  });

  it('is refused where it breaks what the request does not depend on', async () => {
    const changing = changedWorld({ breaks: ['clock', 'role'] }, parseRequest(example('no-database')));

    await expect(changing).rejects.toThrow(/\n- breaks\[1\]: leave role out: the request has no database\.$/);
  });

  it('is refused where it names what it takes away', async () => {
    const problems = await problemsOf({
      network: {
        missingSubnets: [subnetId],
        routes: [{ subnetId, destination: '10.20.0.0/16', target: 'blackhole' }],
        networkAcls: [{ subnetIds: [subnetId], rules: [] }],
      },
    });

    expect(problems).toEqual([
      `- network.routes[0].subnetId: ${subnetId} is to be missing; leave it out here or there.`,
      `- network.networkAcls[0].subnetIds[0]: ${subnetId} is to be missing; leave it out here or there.`,
    ]);
  });

  it('is refused where it names a thing twice', async () => {
    const { managedNodeId } = usualRequest.onPremises.domainController;
    const target = 'vgw-0a1b2c3d';
    const problems = await problemsOf({
      company: { domainControllers: [{ managedNodeId }, { managedNodeId, online: false }] },
      network: {
        missingSubnets: [secondSubnetId, secondSubnetId],
        routes: [
          { subnetId, destination: '10.20.0.0/16', target },
          { subnetId, destination: '10.20.0.1/16', target: 'blackhole' },
          { subnetId, destination: '10.20.0.0/24', target },
        ],
        networkAcls: [
          { subnetIds: [subnetId], rules: [] },
          { subnetIds: [subnetId], rules: [] },
        ],
        securityGroups: [
          { group: 'forestbridge-login', rules: [] },
          { group: 'forestbridge-login', rules: [] },
        ],
      },
      directories: [
        { id, name: 'one.example.com' },
        { name: 'two.example.com' },
        { id, name: 'two.example.com' },
      ],
      instances: [{ identifier: 'orders' }, { identifier: 'orders' }],
    });

    expect(fieldsOf(problems)).toEqual([
      'company.domainControllers[1].managedNodeId',
      'network.missingSubnets[1]',
      'network.routes[1]',
      'network.networkAcls[1].subnetIds[0]',
      'network.securityGroups[1].group',
      'directories[2].id',
      'instances[1].identifier',
    ]);
    for (const line of problems) expect(line).toContain('is listed before; leave one out');
  });

  it('is refused with all that its world does not have', async () => {
    const problems = await problemsOf({
      company: { domainControllers: [{ managedNodeId: 'mi-0f1e2d3c4b5a69788' }] },
      network: {
        missingSubnets: ['subnet-99999999'],
        routes: [{ subnetId: 'subnet-88888888', destination: '10.0.0.0/8', target: 'blackhole' }],
        networkAcls: [{ subnetIds: [subnetId, 'subnet-77777777'], rules: [] }],
        securityGroups: [{ group: 'nobody', rules: [{ direction: 'in', peer: 'neither' }] }],
      },
      directories: [{ edition: 'Standard' }],
      instances: [{ identifier: 'orders', directoryId: 'd-0f1e2d3c4b' }],
    });

    expect(fieldsOf(problems)).toEqual([
      'company.domainControllers[0].address',
      'network.missingSubnets[0]',
      'network.routes[0].subnetId',
      'network.networkAcls[0].subnetIds[1]',
      'network.securityGroups[0].rules[0].peer',
      'network.securityGroups[0].group',
      'directories[0].name',
      'instances[0].directoryId',
    ]);
  });
});

const simulated = async (...args: readonly string[]) => {
  const { status, output } = await forestbridge(['simulate', ...args, '--json']);
  return { exit: status, ...JSON.parse(output) };
};

describe('simulate --world-file', () => {
  const expected: Readonly<Record<string, RegExp>> = {
    'unprepared.json':
      /^- error network-acl: [^]*^- error node-offline: [^]*^- error node-agent-old: [^]*^- error database-subnet-missing: [^]*^- error domain-role-policy: /m,
    'taken-name.json': /Conflict\. A directory named aws\.example\.com exists, d-0f1e2d3c4b, and/,
    'guarded.json': /^null$/,
  };

  it.each(readdirSync(examples))('tells of the world of events/worlds/%s', async (name) => {
    const { exit, cause } = await simulated('--world-file', join(examples, name));

    expect(String(cause)).toMatch(expected[name] ?? 'no example of this name');
    expect(exit).toBe(name === 'guarded.json' ? 0 : 1);
  });

  it.each([
    ['a file that is none', () => join(examples, 'missing.json'), 'cannot be read: it does not exist'],
    ['an unknown field', () => jsonFile({ colour: 1 }), 'colour: leave it out; the fields here are comment,'],
  ])('is refused with %s', async (_, fileOf, message) => {
    const outcome = await simulated('--world-file', fileOf());

    expect(outcome).toMatchObject({ status: 'REFUSED', error: null, writes: 0 });
    expect(outcome.cause).toContain(message);
  });

  it('leaves it to the first step to name what is wrong with the request', async () => {
    const world = jsonFile({ network: { missingSubnets: ['subnet-99999999'] } });
    const { error } = await simulated(jsonFile({}), '--world-file', world);

    expect(error).toBe('InvalidRequest');
  });
});

import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../functions/request/schema.ts';
import { example } from '../../functions/request/requests.ts';
import { changedWorld } from '../../support/changed-world.ts';

describe('a world file, in the account,', () => {
  it('adds directories in VPCs of their own, with trusts', async () => {
    const world = await changedWorld({
      directories: [
        { id: 'd-0f1e2d3c4b', name: 'aws.example.com', edition: 'Hybrid', stage: 'Impaired' },
        {
          name: 'other.example.com',
          trusts: { 'corp.example.com': { type: 'Forest', direction: 'Two-Way' } },
        },
      ],
      failingDirectories: 2,
    });

    expect(world.directories.all).toMatchObject([
      {
        directoryId: 'd-0f1e2d3c4b',
        name: 'aws.example.com',
        shortName: 'AWS',
        edition: 'Hybrid',
        stage: 'Impaired',
      },
      {
        name: 'other.example.com',
        trusts: [{ remoteDomainName: 'corp.example.com', direction: 'Two-Way', state: 'Verified' }],
      },
    ]);
    expect(new Set(world.directories.all.map(({ vpcId }) => vpcId)).size).toBe(2);
    expect(world.directories.failures).toBe(2);
  });

  it('changes the directory that a request adopts', async () => {
    const request = parseRequest(example('adopted-directory'));
    const id = request.directory.directoryId;
    const world = await changedWorld(
      { directories: [{ id, edition: 'Enterprise', primaryRegion: 'us-east-1' }] },
      request,
    );

    expect(world.directories.all).toMatchObject([
      { directoryId: id, name: 'aws.forest.example.net', edition: 'Enterprise', primaryRegion: 'us-east-1' },
    ]);
  });

  it('changes the existing instance of a request and adds others', async () => {
    const world = await changedWorld(
      {
        directories: [{ id: 'd-0f1e2d3c4b', name: 'other.example.com' }],
        instances: [
          {
            identifier: 'archive',
            status: 'stopped',
            pendingInstanceClass: 'db.r5.large',
            directoryId: 'd-0f1e2d3c4b',
          },
          { identifier: 'orders', engine: 'postgres', encrypted: false },
        ],
      },
      parseRequest(example('existing-instance')),
    );

    expect(world.databases.find('archive')).toMatchObject({
      status: 'stopped',
      pendingInstanceClass: 'db.r5.large',
      membership: { directoryId: 'd-0f1e2d3c4b', domainName: 'other.example.com', status: 'joined' },
    });
    expect(world.databases.find('orders')).toMatchObject({
      engine: 'postgres',
      encrypted: false,
      membership: null,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { changedWorld, usualRequest } from '../../support/changed-world.ts';

const { managedNodeId } = usualRequest.onPremises.domainController;

describe('a world file, on the side of the company,', () => {
  it('changes domain controllers and adds others', async () => {
    const world = await changedWorld({
      company: {
        domainControllers: [
          { managedNodeId, online: false, clockSkewSeconds: -400, agentVersion: '3.1.0.0' },
          { managedNodeId: 'mi-0f1e2d3c4b5a69788', address: '10.20.0.99' },
        ],
      },
    });

    expect(world.forests[0]?.domainControllers).toMatchObject([
      { managedNodeId, address: '10.20.0.10', up: false, clockSkewSeconds: -400, agentVersion: '3.1.0.0' },
      { managedNodeId: 'mi-0f1e2d3c4b5a69788', address: '10.20.0.99', up: true, clockSkewSeconds: 0 },
    ]);
  });

  it('knows its people, and what it has made before', async () => {
    const world = await changedWorld({
      company: {
        accounts: ['DBAdmins'],
        forwarders: { 'aws.example.com': ['192.0.2.1'] },
        trusts: { 'aws.example.com': { type: 'External', direction: 'Inbound' } },
      },
    });

    const [forest] = world.forests;
    expect(forest?.principals).toEqual(new Set(['DBAdmins']));
    expect(forest?.forwarders.get('aws.example.com')).toEqual(['192.0.2.1']);
    expect(forest?.halves.get('aws.example.com')).toMatchObject({ type: 'External', direction: 'Inbound' });
  });
});

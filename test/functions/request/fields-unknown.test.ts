import { describe, expect, it } from 'vitest';
import { changed, example, pathOf, problemsOf } from './requests.ts';

describe('a field that nobody knows', () => {
  it.each([
    ['one-way-forest', 'password', 'requestId, directory, onPremises, trust, database, onFailure, tags'],
    ['one-way-forest', 'directory.directoryId', 'name, shortName, vpcId, subnetIds, edition, description'],
    ['adopted-directory', 'directory.vpcId', 'directoryId'],
    ['one-way-forest', 'onPremises.netbios', 'domainName, shortName, dnsIpAddresses, networks'],
    ['one-way-forest', 'onPremises.domainController.password', 'managedNodeId'],
    ['one-way-forest', 'trust.password', 'type, direction, selectiveAuthentication'],
    ['one-way-forest', 'database.allowInterruption', 'existing, identifier, engine'],
    ['existing-instance', 'database.engine', 'existing, identifier, allowInterruption'],
    ['one-way-forest', 'database.windowsLogins[0].sid', 'name, serverRoles'],
  ] as const)('%s: %s is refused, and its value is not repeated', (name, field, known) => {
    const request = changed(example(name), pathOf(field), 'Secret-4711');

    const problems = problemsOf(request);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`- ${field}: leave it out; the fields here are ${known}`);
    expect(problems[0]).not.toContain('4711');
  });
});

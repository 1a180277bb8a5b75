import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../functions/request/schema.ts';
import { long } from '../../support/wrong-field.ts';
import { changed, example, pathOf } from './requests.ts';

const legal = [
  ['directory.name', `aws.${long(39)}.com`],
  ['directory.name', 'a-1.b2.3com'],
  ['directory.shortName', "A&B_C-D!#$%'()~"],
  ['directory.description', 'Orders: 24/7 @ example.com!'],
  ['directory.description', long(128)],
  ['onPremises.domainName', `${long(30)}.${long(29)}.com`],
  ['onPremises.domainController.managedNodeId', 'i-0a1b2c3d'],
  ['onPremises.domainController.managedNodeId', 'i-0a1b2c3d4e5f60718'],
  ['database.port', 1150],
  ['database.port', 65_535],
  ['database.masterUsername', 'a'],
  ['database.allocatedStorage', 20],
  ['database.allocatedStorage', 16_384],
  ['database.backupRetentionDays', 0],
  ['database.backupRetentionDays', 35],
  ['database.iops', 1000],
  ['database.kmsKeyId', '1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['database.kmsKeyId', 'mrk-1234abcd12ab34cd56ef1234567890ab'],
  ['database.kmsKeyId', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['database.kmsKeyId', 'arn:aws-cn:kms:cn-north-1:111122223333:alias/databases'],
  ['database.windowsLogins[0].name', "CORP\\D'Arcy"],
  ['database.windowsLogins[0].name', 'CORP\\Jürgen Müller'],
  ['database.windowsLogins[0].name', 'CORP\\j.doe_1-x!#$%&()~^{}`'],
  ['database.windowsLogins[0].name', 'CORP\\SERVER1$'],
  ['database.windowsLogins[0].name', `CORP\\${long(112)}`],
  ['onFailure', 'rollback'],
  ['tags', { 'team/größe': 'a b_.:/=+-@', awsome: '' }],
] as const;

describe('a field at the edge of what is legal', () => {
  it.each(legal)('%s = %j', (field, value) => {
    const request = changed(example('one-way-forest'), pathOf(field), value);

    const normalised = parseRequest(request);

    expect(changed(normalised, pathOf(field), value)).toEqual(normalised);
  });

  it('tags: as many and as long as AWS takes', () => {
    const tags = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`${index}`.padStart(128, 'k'), long(256)]),
    );

    const normalised = parseRequest(changed(example('one-way-forest'), ['tags'], tags));

    expect(normalised.tags).toEqual(tags);
  });
});

import { arn } from '../names.ts';
import type { Setting } from './grant.ts';

type Connection = Setting['configuration']['connections'][number];

const arnsOf = (
  { configuration }: Setting,
  connections: readonly Connection[],
  kind: 'vpc' | 'subnet',
): readonly string[] => {
  const ids = connections.flatMap(({ vpcIds, subnetIds }) => (kind === 'vpc' ? vpcIds : subnetIds));
  return [...new Set(ids)].map((id) => arn(configuration, 'ec2', `${kind}/${id}`));
};

/** The VPCs that a request may name. */
export const vpcs = (setting: Setting): readonly string[] =>
  arnsOf(setting, setting.configuration.connections, 'vpc');

/** Where a new directory may stand: a connection that names one makes none. */
export const forNewOnes = (setting: Setting, kind: 'vpc' | 'subnet'): readonly string[] =>
  arnsOf(
    setting,
    setting.configuration.connections.filter(({ directory }) => 'nameSuffix' in directory),
    kind,
  );

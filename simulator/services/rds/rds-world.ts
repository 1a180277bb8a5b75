import type { Databases, DomainCauses } from '../../world/databases.ts';
import type { Network } from '../../world/network.ts';
import type { Roles } from '../../world/roles.ts';
import type { Setting } from '../../world/setting.ts';

/** What RDS sees of a world. */
export interface RdsWorld {
  readonly setting: Pick<Setting, 'clock'>;
  readonly databases: Databases;
  readonly network: Network;
  readonly roles: Roles;
  readonly causes: DomainCauses;
}

import type { NetworkAclEntry, NewRule } from './records.ts';

/** A VPC's own network ACL lets everything through. */
export const allowAll: readonly NetworkAclEntry[] = [true, false].map((egress) => ({
  number: 100,
  egress,
  action: 'allow',
  protocol: '-1',
  fromPort: 0,
  toPort: 65535,
  cidr: '0.0.0.0/0',
}));

/** A new security group lets everything out. */
export const allowAllEgress: NewRule = {
  egress: true,
  protocol: '-1',
  fromPort: -1,
  toPort: -1,
  peer: '0.0.0.0/0',
  description: null,
};

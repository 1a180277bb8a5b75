import { engines, loginRoles } from '../../functions/catalog/parameters.ts';
import type { Connection } from '../../functions/request/connections.ts';
import { netbios, principal } from '../../functions/request/names.ts';

/** One field of the form in Service Catalog. */
interface Field {
  readonly label: string;
  readonly parameter: Readonly<Record<string, unknown>>;
}

/** A group of fields, under a heading of its own. */
interface Group {
  readonly heading: string;
  readonly fields: Readonly<Record<string, Field>>;
}

const yesOrNo = (Default: 'true' | 'false', Description: string) => ({
  Type: 'String',
  AllowedValues: ['true', 'false'],
  Default,
  Description,
});

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';

/** Neither this network, loopback, multicast nor the last block; nor link-local, which 169.255.0.0/15 would be as well. */
const firstOctet = '(?!127)(22[0-3]|2[01][0-9]|1[0-9]{2}|[1-9][0-9]?)';
const network = String.raw`(?!169\.25[45]\.)${firstOctet}(\.${octet}){3}/(3[0-2]|[12][0-9]|[89])`;

/** Nothing, or an account or group, with or without the company's NetBIOS name; each member of the list is matched. */
const login = String.raw` *((${netbios}\\)?${principal} *)?`;

/** What the form has to know of a connection. */
export type Offer = Pick<Connection, 'name' | 'identifierPrefixes'>;

const beginning = (connections: readonly Offer[]): string =>
  connections
    .map(({ name, identifierPrefixes }) => `${identifierPrefixes.join(' or ')} (${name})`)
    .join(', ');

/** The form: what a person who wants a database knows, and nothing of how the company is connected. */
export const groups = (connections: readonly Offer[]): readonly Group[] => [
  {
    heading: 'Connection',
    fields: {
      Connection: {
        label: 'Connection',
        parameter: {
          Type: 'String',
          AllowedValues: connections.map(({ name }) => name),
          ...(connections.length === 1 ? { Default: connections[0]?.name } : {}),
          Description: 'The company whose people are to log in.',
        },
      },
      AllowedNetworks: {
        label: 'Networks that reach the database',
        parameter: {
          Type: 'CommaDelimitedList',
          Default: '',
          AllowedPattern: ` *(${network} *)?`,
          ConstraintDescription: 'IPv4 networks of /8 or narrower, such as 10.20.0.0/16,10.30.0.0/16',
          Description: "Inside the connection's networks; left empty, all of its clients' networks.",
        },
      },
    },
  },
  {
    heading: 'Database',
    fields: {
      DatabaseIdentifier: {
        label: 'Name',
        parameter: {
          Type: 'String',
          MinLength: 1,
          MaxLength: 63,
          AllowedPattern: `(?=${connections.flatMap(({ identifierPrefixes }) => identifierPrefixes).join('|')})[a-z][a-z0-9]*(-[a-z0-9]+)*`,
          ConstraintDescription: `lower-case letters, digits and single hyphens, beginning with ${beginning(connections)}`,
          Description: `What the instance is called in RDS, where no other one has this name. It begins with ${beginning(connections)}.`,
        },
      },
      Engine: {
        label: 'Edition of SQL Server',
        parameter: {
          Type: 'String',
          AllowedValues: engines,
          Default: engines[0],
          Description: 'Standard, Enterprise, Web or Express.',
        },
      },
      InstanceClass: {
        label: 'Instance class',
        parameter: {
          Type: 'String',
          AllowedPattern: String.raw`db(\.[a-z0-9-]{1,20}){2}`,
          ConstraintDescription: 'an RDS instance class, such as db.r6i.xlarge',
          Default: 'db.r6i.large',
          Description: 'Its processors and memory.',
        },
      },
      StorageGiB: {
        label: 'Storage in GiB',
        parameter: {
          Type: 'Number',
          MinValue: 20,
          MaxValue: 16_384,
          Default: 100,
          Description: 'From 20 to 16384.',
        },
      },
      MultiAz: {
        label: 'A second one in another zone',
        parameter: yesOrNo('false', 'Multi-AZ: it takes over where the first fails. Not with Express.'),
      },
      BackupDays: {
        label: 'Days that backups are kept',
        parameter: {
          Type: 'Number',
          MinValue: 0,
          MaxValue: 35,
          Default: 7,
          Description: '0 keeps none; Multi-AZ needs at least 1.',
        },
      },
      DeletionProtection: {
        label: 'Protected against deletion',
        parameter: yesOrNo('true', 'Then nobody deletes it by mistake.'),
      },
    },
  },
  {
    heading: 'Windows logins',
    fields: {
      Logins: {
        label: 'Accounts and groups that log in',
        parameter: {
          Type: 'CommaDelimitedList',
          Default: '',
          AllowedPattern: login,
          ConstraintDescription:
            "accounts or groups of the company's domain, such as DBAdmins or CORP\\DBAdmins",
          Description: "Accounts and groups of the company's domain, separated by commas.",
        },
      },
      LoginRoles: {
        label: 'Their server roles',
        parameter: {
          Type: 'String',
          AllowedValues: loginRoles,
          Default: loginRoles[0],
          Description: 'The roles of the server that RDS gives.',
        },
      },
    },
  },
  {
    heading: 'Upkeep',
    fields: {
      Repetition: {
        label: 'Repetition',
        parameter: {
          Type: 'Number',
          MinValue: 0,
          MaxValue: 99_999,
          Default: 0,
          Description:
            'Another number in an update has everything looked at again, and mended where it can be.',
        },
      },
    },
  },
];

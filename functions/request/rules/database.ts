import type { Rule } from './legible.ts';

/** Where only the company trusts the directory, its own users cannot log in to what stands in AWS. */
export const databaseNeedsWayIn: Rule = function* ({ trust, database }) {
  if (database !== undefined && trust?.direction === 'One-Way: Incoming')
    yield {
      path: ['trust', 'direction'],
      advice:
        'write "One-Way: Outgoing" or "Two-Way", or leave out database: with an incoming trust the company\'s users could not log in to it',
    };
};

export const expressStandsAlone: Rule = function* ({ database }) {
  if (database?.engine === 'sqlserver-ex' && database.multiAz === true)
    yield {
      path: ['database', 'multiAz'],
      advice: 'write false: RDS runs SQL Server Express in one zone only',
    };
};

export const mirrorNeedsBackups: Rule = function* ({ database }) {
  if (database?.multiAz === true && database.backupRetentionDays === 0)
    yield {
      path: ['database', 'backupRetentionDays'],
      advice: 'write 1 or more, or "multiAz": false: RDS mirrors SQL Server only where backups are kept',
    };
};

export const storageFits: Rule = function* ({ database }) {
  const type = database?.storageType;
  if (type === 'gp2' && database?.iops !== undefined)
    yield {
      path: ['database', 'iops'],
      advice: 'leave it out, or write another storageType: gp2 takes none',
    };
  if (type !== 'io1' && type !== 'io2') return;
  if (database?.iops === undefined)
    yield {
      path: ['database', 'iops'],
      advice: `write the provisioned operations a second, which ${type} needs`,
    };
  const gib = database?.allocatedStorage;
  if (gib !== undefined && gib < 100)
    yield {
      path: ['database', 'allocatedStorage'],
      advice: `write 100 or more, the least that ${type} takes`,
    };
};

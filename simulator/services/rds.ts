import type * as Rds from '@aws-sdk/client-rds';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import { invalidCombination, needed, page, tagList, tagMap } from './rds/answers.ts';
import { catalogue } from './rds/catalogue.ts';
import { instances } from './rds/instances.ts';
import type { RdsWorld } from './rds/rds-world.ts';
import { subnetGroups } from './rds/subnet-groups.ts';

export type { RdsWorld };

const hour = 60;

/** RDS for SQL Server: instances, their domains, subnet groups, the catalogue, events and tags. */
export const rds = (world: RdsWorld): Operations<typeof Rds> => {
  const { databases, setting } = world;
  const tagged = (arn: string | undefined): Map<string, string> => {
    const things = [...databases.all, ...databases.subnetGroups.values()];
    const thing = things.find((each) => each.arn === needed(arn, 'ResourceName'));
    if (thing === undefined)
      throw new ServiceError('DBInstanceNotFound', `The resource ${arn} was not found.`, {}, 404);
    return thing.tags;
  };

  return {
    ...instances(world),
    ...subnetGroups(world),
    ...catalogue(world),

    DescribeEvents(input) {
      const { SourceIdentifier: identifier, SourceType, StartTime, EndTime, Duration } = input;
      if (identifier !== undefined && SourceType === undefined)
        throw invalidCombination('You must specify SourceType with SourceIdentifier.');
      const start = StartTime?.getTime() ?? setting.clock.now() - (Duration ?? hour) * 60_000;
      const end = EndTime?.getTime() ?? Number.POSITIVE_INFINITY;
      const found = databases.events.filter(
        (event) =>
          (SourceType ?? 'db-instance') === 'db-instance' &&
          (identifier === undefined || event.identifier === identifier) &&
          event.at >= start &&
          event.at <= end,
      );
      const { things, ...rest } = page(found, input);
      const Events = things.map(
        (event): Rds.Event => ({
          SourceIdentifier: event.identifier,
          SourceType: 'db-instance',
          SourceArn: databases.find(event.identifier)?.arn,
          Message: event.message,
          EventCategories: [event.category],
          Date: new Date(event.at),
        }),
      );
      return { Events, ...rest };
    },

    AddTagsToResource({ ResourceName, Tags }) {
      const tags = tagged(ResourceName);
      for (const [key, value] of tagMap(Tags)) tags.set(key, value);
      return {};
    },

    ListTagsForResource({ ResourceName }) {
      return { TagList: tagList(tagged(ResourceName)) };
    },
  };
};

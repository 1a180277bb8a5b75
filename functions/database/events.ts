import { paginateDescribeEvents, type RDSClient } from '@aws-sdk/client-rds';

/** RDS keeps its events for two weeks and refuses to look back further. */
const kept = 14 * 86_400_000 - 60_000;

/** What RDS wrote about an instance since then, oldest first. */
export const eventsSince = async (
  rds: RDSClient,
  identifier: string,
  since: Date,
  now: Date,
): Promise<readonly string[]> => {
  const start = new Date(Math.max(since.getTime(), now.getTime() - kept));
  const pages = paginateDescribeEvents(
    { client: rds },
    { SourceIdentifier: identifier, SourceType: 'db-instance', StartTime: start },
  );
  const messages: string[] = [];
  for await (const { Events = [] } of pages) messages.push(...Events.flatMap(({ Message }) => Message ?? []));
  return messages;
};

import { type NormalisedRequest, parseRequest } from '../functions/request/schema.ts';
import type { Account } from '../simulator/account.ts';
import { RealClock } from '../simulator/world/clock.ts';
import { World } from '../simulator/world/world.ts';
import type { Arguments } from './arguments.ts';
import { localAccount } from './local-account.ts';
import { Refused, readJsonFile } from './request-file.ts';
import type { Shell } from './shell.ts';
import { Tally } from './tally.ts';

/** The requests that the world is made for; one that is invalid has no world in which it can succeed. */
const requestsOf = async (files: readonly string[]): Promise<readonly NormalisedRequest[]> => {
  const requests = new Map<string, NormalisedRequest>();
  for (const file of files) {
    const { json } = await readJsonFile(file);
    const request = parsed(file, json);
    const same = requests.get(request.requestId);
    if (same !== undefined && JSON.stringify(same) !== JSON.stringify(request))
      throw new Refused(
        `${file} has the requestId ${request.requestId}, which another --world-from has too. Give it one of its own.`,
      );
    requests.set(request.requestId, request);
  }
  return [...requests.values()];
};

const parsed = (file: string, json: unknown): NormalisedRequest => {
  try {
    return parseRequest(json);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidRequest')) throw error;
    throw new Refused(`${file}: ${error.message}`, { cause: error });
  }
};

const listen = async ({ endpoint }: Account, port: number) => {
  try {
    return await endpoint.listen(port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      throw new Refused(`The port ${port} is taken. Choose another one by --port; 0 takes a free one.`);
    if (code === 'EACCES')
      throw new Refused(`You may not listen on port ${port}. Choose one above 1023 by --port.`);
    throw error;
  }
};

/** Keeps an account running until the user wants it to end. */
export const simulator = async (args: Arguments, shell: Shell): Promise<number> => {
  args.nothingElse();
  const port = args.whole('port', { fallback: 4566, least: 0, most: 65_535 });
  const speed = args.whole('speed', { fallback: 1, least: 1, most: 1_000_000 });
  const seed = args.whole('seed', { fallback: 1, least: 0, most: 2 ** 32 - 1 });
  const requests = await requestsOf(args.all('world-from'));
  const interrupted = shell.interrupted();
  const world = new World(new RealClock(speed), seed);
  const account = await localAccount(world, requests, new Tally().around);
  try {
    const { url, close } = await listen(account, port);
    shell.screen.write(
      `The simulated account is at ${url} (export AWS_ENDPOINT_URL=${url} AWS_REGION=${world.region})\n`,
    );
    world.topics.listen(({ to, message }) => shell.screen.write(`To ${to.endpoint}: ${message.subject}\n`));
    await interrupted;
    await close();
    return 0;
  } finally {
    await account.close();
  }
};

import { once } from 'node:events';
import { requestSchema } from '../functions/request/schema.ts';
import { RealClock } from '../simulator/world/clock.ts';
import { World } from '../simulator/world/world.ts';
import { localAccount } from './local-account.ts';
import { Refused } from './request-file.ts';
import { Tally } from './tally.ts';

interface Options {
  readonly port: number;
  readonly speed: number;
  readonly seed: number;
  readonly requests: readonly object[];
}

/** Keeps an account running until the process is told to end. */
export const simulator = async ({ port, speed, seed, requests }: Options): Promise<number> => {
  const read = requests.map((request) => {
    const { success, data, error } = requestSchema.safeParse(request);
    if (success) return data;
    throw new Refused(
      `A request of --world-from is invalid: ${error.issues.map(({ message }) => message).join('; ')}`,
    );
  });
  const account = await localAccount(new World(new RealClock(speed), seed), read, new Tally().around);
  try {
    const { url, close } = await account.endpoint.listen(port);
    console.log(
      `The simulated account is at ${url} (export AWS_ENDPOINT_URL=${url} AWS_REGION=${account.world.region})`,
    );
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await close();
    return 0;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new Refused(`The port ${port} is taken; choose another one by --port.`);
  } finally {
    await account.close();
  }
};

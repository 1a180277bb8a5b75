import { DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { SSMClient } from '@aws-sdk/client-ssm';
import { services } from '../../simulator/services/services.ts';
import { stepFunctions } from '../../simulator/services/step-functions.ts';
import { Endpoint } from '../../simulator/wire/endpoint.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { World } from '../../simulator/world/world.ts';
import { placeCompany, placeDirectory, placeDocuments } from './company.ts';
import { configurationFor } from './configuration.ts';

export const start = Date.UTC(2025, 0, 1);

/** A whole account, with a directory and a company beside it; its functions are what `invoke` makes of them. */
export const companyAccount = (
  invoke: (name: string, payload: unknown) => Promise<unknown> = async () => null,
  seed = 1,
) => {
  const clock = new VirtualClock(start);
  const world = new World(clock, seed);
  const directory = placeDirectory(world);
  const company = placeCompany(world);
  placeDocuments(world);
  const { operations } = stepFunctions(world, invoke, () => undefined);
  const configuration = configurationFor(new Endpoint(services(world, operations, invoke)));
  return {
    ...company,
    clock,
    world,
    directory,
    configuration,
    ds: new DirectoryServiceClient(configuration),
    ssm: new SSMClient(configuration),
    seconds: (count: number): Promise<void> => clock.sleep(count * 1000),
    minutes: (count: number): Promise<void> => clock.sleep(count * 60_000),
  };
};

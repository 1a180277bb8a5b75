import { deriveRequest } from '../functions/catalog/derive-request.ts';
import { parametersSchema } from '../functions/catalog/parameters.ts';
import type { Connection } from '../functions/request/connections.ts';
import { type NormalisedRequest, parseRequest } from '../functions/request/schema.ts';
import { offered } from '../infra/catalog/offered.ts';
import { productTemplate } from '../infra/catalog/product-template.ts';
import { globalArn, names, type Place } from '../infra/names.ts';
import { checkedParameters, valueOf } from '../simulator/world/stacks/parameters.ts';
import { readTemplate } from '../simulator/world/stacks/template.ts';
import type { World } from '../simulator/world/world.ts';
import type { FilledIn } from './catalog-form.ts';

export const productName = 'SQL Server for Windows users';
export const productVersion = '1';

const templateFor = (place: Place, connections: readonly Connection[]): string =>
  JSON.stringify(productTemplate(place, offered(connections)));

/** Offers the product in an account's catalog, over those connections that can hold a database. */
export const offerProduct = (
  { accountId: account, region, catalog }: World,
  connections: readonly Connection[],
): void => {
  if (offered(connections).length === 0) return;
  const place = { account, region };
  catalog.offer({
    name: productName,
    launchRoleArn: globalArn(place, 'iam', `role/${names.launchRole}`),
    versions: { [productVersion]: templateFor(place, connections) },
  });
};

/** The request that a filled-in form comes to, so that a world can be made for it; null where it comes to none. */
export const requestOf = (
  filledIn: FilledIn,
  connections: readonly Connection[],
): NormalisedRequest | null => {
  const template = readTemplate(
    templateFor({ account: '111122223333', region: 'eu-central-1' }, connections),
  );
  try {
    const given = new Map(filledIn.map(({ Key, Value }) => [Key, Value]));
    const values = [...checkedParameters(template, given)].flatMap(([name, text]) => {
      const parameter = template.Parameters[name];
      return parameter === undefined ? [] : [[name, valueOf(parameter, text)]];
    });
    const form = parametersSchema.parse(Object.fromEntries(values));
    const connection = connections.find(({ name }) => name === form.Connection);
    return connection === undefined ? null : parseRequest(deriveRequest('catalog', connection, form));
  } catch {
    return null;
  }
};

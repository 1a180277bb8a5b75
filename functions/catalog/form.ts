import { InvalidRequest } from '../support/errors.ts';
import { type Parameters, parametersSchema, propertiesSchema } from './parameters.ts';

/** The form of the catalog as it was filled in. */
export interface Form {
  readonly parameters: Parameters;
  /** The same as it came, to be kept in the ledger. */
  readonly text: string;
  /** Where to say how a request that is new has ended. */
  readonly waitHandle: string;
}

/** Reads the properties of the resource that makes the request; throws InvalidRequest with all that is wrong with them. */
export const readForm = (properties: Readonly<Record<string, unknown>>): Form => {
  const read = propertiesSchema.safeParse(properties);
  if (!read.success) {
    const problems = read.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'properties'}: ${message}`,
    );
    throw new InvalidRequest(`The form of the catalog has problems: ${problems.join('; ')}.`);
  }
  const { WaitHandle: waitHandle, ServiceToken: _token, Mode: _mode, ...parameters } = read.data;
  const given = Object.keys(parametersSchema.shape).map((name) => [name, properties[name]]);
  return { parameters, text: JSON.stringify(Object.fromEntries(given)), waitHandle };
};

/** A form that was kept. */
export const keptForm = (text: string): Parameters => parametersSchema.parse(JSON.parse(text));

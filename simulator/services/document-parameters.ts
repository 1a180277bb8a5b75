import { z } from 'zod';
import { ServiceError } from '../wire/service-error.ts';

const documentSchema = z.object({
  parameters: z.record(
    z.string(),
    z.object({
      allowedPattern: z.string().optional(),
      allowedValues: z.array(z.string()).optional(),
      default: z.string().optional(),
    }),
  ),
  mainSteps: z.tuple([z.object({ inputs: z.object({ timeoutSeconds: z.number() }) })]),
});

const invalid = (message: string): ServiceError => new ServiceError('InvalidParameters', message);

/** Refuses parameters that the document does not declare or allow, as Systems Manager does. */
export const checkParameters = (content: string, given: ReadonlyMap<string, string>): void => {
  const { parameters } = documentSchema.parse(JSON.parse(content));
  for (const name of given.keys())
    if (!Object.hasOwn(parameters, name)) throw invalid(`Parameter ${name} is not declared in the document.`);
  for (const [name, { allowedPattern, allowedValues, default: fallback }] of Object.entries(parameters)) {
    const value = given.get(name) ?? fallback;
    if (value === undefined) throw invalid(`Parameter ${name} is required.`);
    if (allowedPattern !== undefined && !new RegExp(allowedPattern).test(value))
      throw invalid(`Parameter ${name} does not match ${allowedPattern}.`);
    if (allowedValues !== undefined && !allowedValues.includes(value))
      throw invalid(`Parameter ${name} is none of ${allowedValues.join(', ')}.`);
  }
};

/** How long the document's one step may run. */
export const executionTimeout = (content: string): number =>
  documentSchema.parse(JSON.parse(content)).mainSteps[0].inputs.timeoutSeconds;

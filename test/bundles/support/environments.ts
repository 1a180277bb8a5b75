import { z } from 'zod';
import { templateOf } from '../../support/template.ts';

type Environment = Readonly<Record<string, string>>;

const functionSchema = z.object({
  FunctionName: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
});

/** What the template gives each function to read, with the values that it has in a simulated account. */
export const environmentsOf = async (settings: Environment): Promise<ReadonlyMap<string, Environment>> => {
  const { resources } = await templateOf();
  return new Map(
    resources
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => functionSchema.parse(Properties))
      .map(({ FunctionName, Environment }) => [
        FunctionName.replace('forestbridge-', ''),
        Object.fromEntries(
          Object.keys(Environment?.Variables ?? {}).map((name) => [name, settings[name] ?? '']),
        ),
      ]),
  );
};

import { z } from 'zod';
import { Refused, readJsonFile } from './request-file.ts';

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const values = z.union([value, z.array(value).transform((items) => items.join(','))]);

/** As `aws servicecatalog provision-product --provisioning-parameters` takes it, or plainly by name. */
const formSchema = z.union([
  z.array(z.strictObject({ Key: z.string().min(1), Value: value })),
  z
    .record(z.string(), values)
    .transform((form) => Object.entries(form).map(([Key, Value]) => ({ Key, Value }))),
]);

/** The form of the catalog, filled in. */
export type FilledIn = z.output<typeof formSchema>;

/** Reads a filled-in form; throws Refused where a file has none. */
export const readForm = async (file: string): Promise<FilledIn> => {
  const { json } = await readJsonFile(file);
  const parsed = formSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Refused(
    `${file} is no filled-in form. Write {"Connection": "corp", ...}, or [{"Key": "Connection", "Value": "corp"}, ...] as the AWS CLI takes it; events/catalog/orders.json is one.`,
  );
};

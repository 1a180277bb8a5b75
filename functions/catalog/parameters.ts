import { z } from 'zod';

const text = z.string().min(1);
const yesOrNo = z.enum(['true', 'false']).transform((word) => word === 'true');
const whole = z
  .string()
  .regex(/^\d{1,5}$/, { error: 'write a whole number' })
  .transform(Number);

/** CloudFormation makes a list with one empty text of a list that is empty. */
const list = z
  .array(z.string())
  .transform((values) => values.map((value) => value.trim()).filter((value) => value !== ''));

export const engines = ['sqlserver-se', 'sqlserver-ee', 'sqlserver-web', 'sqlserver-ex'] as const;

/** Which server roles the logins get, in the words of the form. */
export const loginRoles = ['none', 'processadmin', 'setupadmin', 'processadmin and setupadmin'] as const;

type ServerRole = 'processadmin' | 'setupadmin';
const serverRoles: readonly ServerRole[] = ['processadmin', 'setupadmin'];

/** The form of the catalog, as CloudFormation hands it over: every value is a text or a list of texts. */
export const parametersSchema = z.strictObject({
  Connection: text,
  DatabaseIdentifier: text.overwrite((name) => name.toLowerCase()),
  Engine: z.enum(engines),
  InstanceClass: text,
  StorageGiB: whole,
  MultiAz: yesOrNo,
  BackupDays: whole,
  DeletionProtection: yesOrNo,
  AllowedNetworks: list,
  Logins: list,
  LoginRoles: z
    .enum(loginRoles)
    .transform((words) => serverRoles.filter((role) => words.split(' ').includes(role))),
  /** Another number has all of it carried out once more: an update that changes nothing reaches nobody. */
  Repetition: whole.prefault('0'),
});
export type Parameters = Readonly<z.output<typeof parametersSchema>>;

/** The properties of the resource that makes the request: the form, and where to say how it ended. */
export const propertiesSchema = parametersSchema.extend({
  ServiceToken: text,
  WaitHandle: text,
  Mode: z
    .undefined({
      error: 'a request from the catalog runs by itself; start one in manual mode by hand, from the console',
    })
    .optional(),
});

import { z } from 'zod';

/** A text of that form; whatever is wrong with it, the advice says what to write instead. */
export const text = (pattern: RegExp, advice: string) =>
  z.string({ error: advice }).regex(pattern, { error: advice });

/** One of these words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) =>
  z.enum(words, { error: `write ${words.map((word) => JSON.stringify(word)).join(' or ')}` });

export const yesOrNo = z.boolean({ error: 'write true or false' });

/** A whole number between two bounds. */
export const whole = (least: number, most: number, of: string) => {
  const error = `write ${of}, a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};

/** A list of that many; `what` names its elements in the plural. */
export const list = <Element extends z.ZodType>(
  element: Element,
  least: number,
  most: number,
  what: string,
) => {
  const error = `write a list of ${least === most ? least : `${least} to ${most}`} ${what}`;
  return z.array(element, { error }).min(least, { error }).max(most, { error });
};

/** An object of exactly these fields. */
export const fields = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `leave it out; the fields here are ${known}`
        : `write an object of ${known}`,
  });
};

const resource = (prefix: string, what: string) =>
  text(
    new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
    `write the id of ${what}, such as "${prefix}-0a1b2c3d4e5f60718"`,
  );

export const vpcId = resource('vpc', 'a VPC');
export const subnetId = resource('subnet', 'a subnet');
export const securityGroupId = resource('sg', 'a security group');
export const directoryId = text(
  /^d-[0-9a-f]{10}$/,
  'write the id of a directory to adopt, such as "d-0123456789", or instead of it name, vpcId and subnetIds of a new one',
);
export const managedNodeId = text(
  /^(i-([0-9a-f]{8}|[0-9a-f]{17})|mi-[0-9a-f]{17})$/,
  'write the id by which Systems Manager knows the domain controller, such as "mi-0a1b2c3d4e5f60718" or "i-0a1b2c3d4e5f60718"',
);
export const requestId = text(
  /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/,
  'write 1 to 40 letters, digits and hyphens, the first no hyphen, such as "orders-2025"',
);

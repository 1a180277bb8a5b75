import type { Json } from '../../states/data/json.ts';
import type { Parameter, Template } from './template.ts';
import { ValidationError } from './validation-error.ts';

/** What is wrong with one value by the parameter's own rules, in AWS's words; null where nothing is. */
const complaintOf = (name: string, value: string, parameter: Parameter): string | null => {
  const { Type, AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = parameter;
  if (AllowedValues !== undefined && !AllowedValues.includes(value))
    return `Parameter '${name}' must be one of AllowedValues`;
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`, 'u').test(value))
    return `Parameter '${name}' must match pattern ${AllowedPattern}`;
  if (MinLength !== undefined && value.length < MinLength)
    return `Parameter '${name}' must contain at least ${MinLength} characters`;
  if (MaxLength !== undefined && value.length > MaxLength)
    return `Parameter '${name}' must contain at most ${MaxLength} characters`;
  if (Type !== 'Number') return null;
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number)) return `Parameter '${name}' must be a number`;
  if (MinValue !== undefined && number < MinValue)
    return `Parameter '${name}' must be a number not less than ${MinValue}`;
  if (MaxValue !== undefined && number > MaxValue)
    return `Parameter '${name}' must be a number not greater than ${MaxValue}`;
  return null;
};

const items = (value: string): readonly string[] => value.split(',').map((item) => item.trim());

/** What a template sees of a parameter. */
export const valueOf = ({ Type }: Parameter, value: string): Json =>
  Type === 'CommaDelimitedList' ? items(value) : value;

const check = (name: string, value: string, parameter: Parameter): void => {
  for (const each of parameter.Type === 'CommaDelimitedList' ? items(value) : [value]) {
    const complaint = complaintOf(name, each, parameter);
    if (complaint === null) continue;
    const { ConstraintDescription: said } = parameter;
    throw new ValidationError(
      said === undefined ? complaint : `Parameter ${name} failed to satisfy constraint: ${said}`,
    );
  }
};

/** The values of all parameters of a template; throws ValidationError where one is missing, too many or wrong. */
export const checkedParameters = (
  { Parameters }: Template,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> => {
  const unknown = [...given.keys()].filter((name) => !Object.hasOwn(Parameters, name));
  if (unknown.length > 0)
    throw new ValidationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const values = new Map<string, string>();
  const missing: string[] = [];
  for (const [name, parameter] of Object.entries(Parameters)) {
    const value = given.get(name) ?? parameter.Default;
    if (value === undefined) missing.push(name);
    else values.set(name, value);
  }
  if (missing.length > 0) throw new ValidationError(`Parameters: [${missing.join(', ')}] must have values`);
  for (const [name, parameter] of Object.entries(Parameters)) check(name, values.get(name) ?? '', parameter);
  return values;
};

import { ServiceError } from '../wire/service-error.ts';
import type { Access } from './access.ts';
import type { Decision } from './evaluate.ts';

type Denied = Extract<Decision, { allowed: false }>;

/** Services whose clients see another error than AccessDeniedException with status 400. */
const codes = new Map<string, readonly [code: string, status: number]>([
  ['cloudformation', ['AccessDenied', 403]],
  ['ec2', ['UnauthorizedOperation', 403]],
  ['iam', ['AccessDenied', 403]],
  ['lambda', ['AccessDeniedException', 403]],
  ['rds', ['AccessDenied', 403]],
  ['sns', ['AuthorizationError', 403]],
  ['sts', ['AccessDenied', 403]],
]);

const serviceOf = ({ action }: Pick<Access, 'action'>): string => action.replace(/:.*$/, '');

const because = ({ explicit, kind, action }: Denied): string => {
  const policy = `${kind}-based policy`;
  return explicit
    ? `with an explicit deny in ${kind === 'identity' ? 'an' : 'a'} ${policy}`
    : `because no ${policy} allows the ${action} action`;
};

/** The error that the clients of a service see; where a call needed another service's action, the called one's. */
export const denial = (
  principalArn: string,
  access: Access,
  decision: Denied,
  service = serviceOf(access),
): ServiceError => {
  const { action, resource } = decision;
  const where = resource === '*' && service === 'ec2' ? '' : ` on resource: ${resource}`;
  const words = `User: ${principalArn} is not authorized to perform: ${action}${where} ${because(decision)}`;
  const [code, status] = codes.get(service) ?? ['AccessDeniedException', 400];
  return service === 'ec2'
    ? new ServiceError(code, `You are not authorized to perform this operation. ${words}`, {}, status)
    : new ServiceError(code, words, {}, status);
};

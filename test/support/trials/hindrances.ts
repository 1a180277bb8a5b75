import { ConnectionLost } from '../../../simulator/wire/connection-lost.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import type { Deployment } from '../provisioning.ts';

/** The first time that any state makes something AWS's answer is lost, though it was carried out. */
export const loseAnswers = ({ disturb, state }: Deployment, onLoss: (operation: string) => void): void => {
  const lost = new Set<string>();
  disturb(async (call, answer) => {
    const key = `${state()} ${call.operation}`;
    if (!/^(Create|Put|Add)(?!Item)/.test(call.operation) || lost.has(key)) return answer();
    lost.add(key);
    await answer();
    onLoss(call.operation);
    throw new ConnectionLost();
  });
};

/** AWS refuses those calls, known by their operations and inputs, until it is mended. */
export const refuse = ({ disturb }: Deployment, calls: RegExp): void =>
  disturb((call, answer) =>
    calls.test(`${call.operation} ${JSON.stringify(call.input)}`)
      ? Promise.reject(new ServiceError('InvalidParameterException', 'No.'))
      : answer(),
  );

export const unhindered = ({ disturb, visiting }: Deployment): void => {
  disturb((_call, answer) => answer());
  visiting();
};

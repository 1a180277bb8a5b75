/** Who the operator of a simulated account signs calls as. */
export const operatorKey = 'AKIAOPERATOR00000000';

/** Who EventBridge Scheduler signs calls as. */
export const schedulerKey = 'ASIASCHEDULER0000000';

const functions = 'ASIAFUNCTION-';

/** Who a function signs its calls as: each as itself, so that the caller is known at the wire. */
export const functionKey = (name: string): string => `${functions}${name}`;

export const isFunctionKey = (accessKeyId: string): boolean => accessKeyId.startsWith(functions);

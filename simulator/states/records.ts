import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import type { Json } from './data/json.ts';
import type { StateMachine } from './definition/schema.ts';

/** A state machine as an account keeps it. */
export interface RegisteredMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly definition: string;
  readonly machine: StateMachine;
  readonly createdAt: number;
}

/** How an execution stands; error and cause where it has failed or was stopped with them. */
export interface Standing {
  readonly status: ExecutionStatus;
  readonly stoppedAt?: number;
  readonly output?: Json;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** Which execution of which state machine it is. */
export interface Identity {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly of: RegisteredMachine;
  readonly input: Json;
}

import type { Socket } from 'node:net';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** What every SDK client is made with. One attempt: a retry inside the SDK repeats a create blindly. */
export interface ClientConfiguration
  extends Pick<DynamoDBClientConfig, 'region' | 'credentials' | 'requestHandler'> {
  readonly maxAttempts: 1;
}

type Fields = Readonly<Record<string, string>>;

export interface Log {
  debug(message: string, fields: Fields): void;
  info(message: string, fields: Fields): void;
  error(message: string, fields: Fields): void;
}

/** Everything a step may touch outside itself. Lambda binds the environment's, a local run its world's. */
export interface Runtime {
  readonly clientConfiguration: ClientConfiguration;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Opens a TCP connection, to a database's host name and port. */
  readonly connect: (host: string, port: number) => Promise<Socket>;
  /** Answers somebody who waits at a signed URL; gives the HTTP status, throws where there is no answer. */
  readonly put: (url: string, body: string) => Promise<number>;
  readonly log: Log;
}

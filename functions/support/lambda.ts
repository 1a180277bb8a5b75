import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { Logger } from '@aws-lambda-powertools/logger';
import { put } from './put.ts';
import type { Runtime } from './runtime.ts';
import type { Step } from './step.ts';

/** Milliseconds after which a call counts as lost: the state's Retry calls the function again. */
const patience = { connectionTimeout: 3000, requestTimeout: 15_000 };

const open = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, host, () => resolve(socket));
    socket.once('error', reject);
  });

/** The runtime that Lambda's environment gives: AWS itself, the wall clock, Powertools' log. */
const lambdaRuntime = (environment: Runtime['environment']): Runtime => ({
  clientConfiguration: { maxAttempts: 1, requestHandler: { ...patience, throwOnRequestTimeout: true } },
  environment,
  now: () => new Date(),
  connect: open,
  put,
  log: new Logger({ serviceName: 'forestbridge' }),
});

/** What is too large for Lambda's environment, and so travels in a file beside the bundle. */
const settingsBeside = (bundle: string): Runtime['environment'] => {
  const file = new URL('settings.json', bundle);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
};

/** The handler of a bundle, by the bundle's URL, whose one function is that step. */
export const lambdaHandler = (step: Step, bundle: string): ReturnType<Step['bind']> =>
  step.bind(lambdaRuntime({ ...process.env, ...settingsBeside(bundle) }));

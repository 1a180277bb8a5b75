/**
 * A process that stands for Lambda: it has one bundle and the environment of its function, and runs the events that
 * it is sent. Its clock stands where each of them says; what is no loopback is reached through the simulated network.
 */
import { syncBuiltinESMExports } from 'node:module';
import net, { type Socket } from 'node:net';
import { mock } from 'node:test';
import { lambdaContext } from '../../support/lambda-context.ts';
import type { Answer, Invocation } from './function-process.ts';

const [bundle = '', network = ''] = process.argv.slice(2);

const direct = net.connect;
Object.assign(net, {
  connect(port: number, host: string, connected: () => void): Socket {
    const socket = direct(Number(network), '127.0.0.1', connected);
    socket.write(`${host} ${port}\n`);
    return socket;
  },
});
syncBuiltinESMExports();
mock.timers.enable({ apis: ['Date'] });

const loading = import(bundle);

const answerTo = async ({ id, event, now }: Invocation): Promise<Answer> => {
  const { handler } = await loading;
  mock.timers.setTime(now);
  try {
    return { id, result: await handler(event, lambdaContext) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { id, error: { name, message } };
  }
};

process.on('message', async (text) => {
  const invocation: Invocation = JSON.parse(String(text));
  process.send?.(await answerTo(invocation));
});

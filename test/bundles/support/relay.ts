import { createServer, type Socket } from 'node:net';

type Connect = (host: string, port: number) => Promise<Socket>;

const lineEnd = '\n'.charCodeAt(0);

/** A port on loopback through which another process reaches what `connect` does: its first line says whom. */
export const relay = async (
  connect: Connect,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> => {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', async (start: Buffer) => {
      socket.pause();
      const end = start.indexOf(lineEnd);
      const [host = '', port] = start.toString('utf8', 0, end).split(' ');
      try {
        const target = await connect(host, Number(port));
        target.on('error', () => socket.destroy());
        target.write(start.subarray(end + 1));
        socket.pipe(target).pipe(socket);
      } catch {
        socket.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

/** What tedious speaks TDS with, and does not export: the one place to mend when its pinned version moves. */
import { createRequire } from 'node:module';
import type debug from 'tedious/lib/debug.js';
import type incoming from 'tedious/lib/incoming-message-stream.js';
import type message from 'tedious/lib/message.js';
import type outgoing from 'tedious/lib/outgoing-message-stream.js';
import type prelogin from 'tedious/lib/prelogin-payload.js';
import type buffer from 'tedious/lib/tracking-buffer/writable-tracking-buffer.js';

export { HEADER_LENGTH, isPacketComplete, Packet, packetLength } from 'tedious/lib/packet.js';

// Each of these modules is its class, where its types promise a default export.
const load = createRequire(import.meta.url);
export const Debug: typeof debug.default = load('tedious/lib/debug');
export const IncomingMessageStream: typeof incoming.default = load('tedious/lib/incoming-message-stream');
export const Message: typeof message.default = load('tedious/lib/message');
export const OutgoingMessageStream: typeof outgoing.default = load('tedious/lib/outgoing-message-stream');
export const PreloginPayload: typeof prelogin.default = load('tedious/lib/prelogin-payload');
export const WritableTrackingBuffer: typeof buffer.default = load(
  'tedious/lib/tracking-buffer/writable-tracking-buffer',
);

export const messageType = { sqlBatch: 1, tabularResult: 4, login7: 16, prelogin: 18 } as const;

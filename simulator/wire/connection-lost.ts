/** Thrown by an interceptor: the caller gets no answer, whether the call was carried out or not. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly code = 'ECONNRESET';

  constructor(message = 'The connection was lost before an answer came.') {
    super(message);
  }
}

import { ConnectionLost } from './connection-lost.ts';

/** Thrown by an interceptor: the caller gets status 200, and the connection is lost before the body has come. */
export class AnswerCutOff extends ConnectionLost {
  constructor() {
    super('The connection was lost before the whole answer came.');
  }
}

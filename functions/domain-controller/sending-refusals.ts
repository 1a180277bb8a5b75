import { CommandFailed } from '../support/errors.ts';

const deploy =
  'The documents in this account are not those of this deployment: deploy again, then start a new execution.';

/** Why Systems Manager takes no command, by its error codes, and what to do. */
const advices: Readonly<Record<string, string>> = {
  InvalidInstanceId:
    'Systems Manager cannot reach that node: look in Fleet Manager whether it is online, and on it whether the SSM agent (3.3.2746.0 or newer) runs and its role allows AmazonSSMManagedInstanceCore; then redrive the execution.',
  UnsupportedPlatformType: 'The node is no Windows machine: name a domain controller of the company.',
  InvalidDocument: deploy,
  InvalidDocumentVersion: deploy,
  InvalidDocumentContent: deploy,
  InvalidParameters: deploy,
  MaxDocumentSizeExceeded: deploy,
};

/** For a command that Systems Manager refuses to send. */
export const throwSendingRefusal =
  (managedNodeId: string, documentName: string) =>
  (error: unknown): never => {
    const advice =
      error instanceof Error && Object.hasOwn(advices, error.name) ? advices[error.name] : undefined;
    if (!(error instanceof Error) || advice === undefined) throw error;
    throw new CommandFailed(
      `${documentName} could not be sent to the managed node ${managedNodeId}: ${error.name}: ${error.message} ${advice}`,
      { cause: error },
    );
  };

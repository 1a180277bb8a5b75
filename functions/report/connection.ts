import type { DatabaseResult } from './result.ts';

interface Endpoint {
  readonly endpoint: string;
  readonly port: number;
}

/** Under which name the directory knows the server: the first label of its endpoint, in the directory's domain. */
const kerberosNameOf = (endpoint: string, directoryName: string): string =>
  `${endpoint.replace(/\..*$/, '')}.${directoryName}`;

const authSchemeQuery =
  'SELECT net_transport, auth_scheme FROM sys.dm_exec_connections WHERE session_id = @@SPID';

/** How a client connects. The server's certificate names only its endpoint, whichever name it is reached by. */
export const connection = (
  { endpoint, port }: Endpoint,
  directoryName: string,
): Pick<DatabaseResult, 'kerberosName' | 'connectionStrings' | 'authSchemeQuery'> => {
  const kerberosName = kerberosNameOf(endpoint, directoryName);
  const to = (host: string): string =>
    `Server=tcp:${host},${port};Database=master;Integrated Security=True;Encrypt=True`;
  return {
    kerberosName,
    connectionStrings: {
      kerberos: `${to(kerberosName)};HostNameInCertificate=${endpoint}`,
      ntlm: to(endpoint),
    },
    authSchemeQuery,
  };
};

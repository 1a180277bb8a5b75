import { resourceTypes } from '../../functions/catalog/event.ts';
import { arn, names, type Place } from '../names.ts';
import { groups, type Offer } from './parameters.ts';

const ref = (name: string) => ({ Ref: name });
const get = (resource: string, attribute: string) => ({ 'Fn::GetAtt': [resource, attribute] });

/** Half a day: twice as long as a directory and a database may take together. */
const longestSeconds = 43_200;

/**
 * The template of the product in Service Catalog: the form, the resource that makes the request, the wait for its end,
 * and the resource that reads what came of it. The function behind both is known by its name.
 */
export const productTemplate = (place: Place, connections: readonly Offer[]) => {
  const form = groups(connections);
  const fields = form.flatMap((group) => Object.entries(group.fields));
  const ServiceToken = arn(place, 'lambda', `function:${names.function('serve-catalog')}`);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: "A SQL Server that the company's people log in to with the accounts they have.",
    Metadata: {
      'AWS::CloudFormation::Interface': {
        ParameterGroups: form.map((group) => ({
          Label: { default: group.heading },
          Parameters: Object.keys(group.fields),
        })),
        ParameterLabels: Object.fromEntries(fields.map(([name, { label }]) => [name, { default: label }])),
      },
    },
    Parameters: Object.fromEntries(fields.map(([name, { parameter }]) => [name, parameter])),
    Resources: {
      WaitHandle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
      Request: {
        Type: resourceTypes.request,
        Properties: {
          ServiceToken,
          WaitHandle: ref('WaitHandle'),
          ...Object.fromEntries(fields.map(([name]) => [name, ref(name)])),
        },
      },
      Done: {
        Type: 'AWS::CloudFormation::WaitCondition',
        DependsOn: 'Request',
        Properties: { Handle: ref('WaitHandle'), Timeout: String(longestSeconds), Count: 1 },
      },
      Result: {
        Type: resourceTypes.result,
        DependsOn: 'Done',
        // It changes with every update, and so is read again.
        Properties: { ServiceToken, Execution: get('Request', 'Execution') },
      },
    },
    Outputs: {
      RequestId: { Description: 'What Forestbridge knows it by', Value: ref('Request') },
      Endpoint: { Description: 'Connect here with NTLM', Value: get('Result', 'Endpoint') },
      Port: { Value: get('Result', 'Port') },
      KerberosName: { Description: 'Connect here with Kerberos', Value: get('Result', 'KerberosName') },
    },
  };
};

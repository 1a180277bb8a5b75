import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionName } from '../functions/functions.ts';
import type { Configuration } from './configuration.ts';
import { watch } from './constructs/alarms.ts';
import { offerProduct } from './constructs/catalog.ts';
import { concludeEnds, makeDeadLetters } from './constructs/conclusion.ts';
import { publishDocuments } from './constructs/documents.ts';
import { makeDomainRole } from './constructs/domain-role.ts';
import { makeFunction } from './constructs/functions.ts';
import { makeKey } from './constructs/key.ts';
import { makeLedger } from './constructs/ledger.ts';
import { makeLoginNetwork } from './constructs/login-network.ts';
import { makeTopic } from './constructs/notifications.ts';
import { tellPeople } from './constructs/outputs.ts';
import { scheduleChecks } from './constructs/schedule.ts';
import { makeStateMachine } from './constructs/state-machine.ts';
import { arn, names } from './names.ts';
import type { Reads } from './reads.ts';

interface Props extends StackProps {
  readonly configuration: Configuration;
  readonly reads: Reads;
  readonly codeOf: (name: FunctionName) => Code;
}

/** All of Forestbridge in one account and Region. */
export class ForestbridgeStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, reads, codeOf, ...props }: Props) {
    super(scope, id, props);
    for (const [name, value] of Object.entries(configuration.tags)) Tags.of(this).add(name, value);
    const { login } = configuration;

    const key = makeKey(this, configuration);
    makeLedger(this, key);
    const topic = makeTopic(this, key, configuration);
    makeDomainRole(this, configuration);
    const loginNetwork = makeLoginNetwork(this, configuration);
    const settings = {
      LEDGER_TABLE: names.ledger,
      STATE_MACHINE_ARN: arn(configuration, 'states', `stateMachine:${names.stateMachine('provision')}`),
      WATCH_STATE_MACHINE_ARN: arn(
        configuration,
        'states',
        `stateMachine:${names.stateMachine('watch-update')}`,
      ),
      DOMAIN_ROLE_NAME: names.domainRole,
      DOCUMENTS: publishDocuments(this),
      LOGIN_SECURITY_GROUP_ID: loginNetwork.group.securityGroupId,
      LOGIN_SUBNET_IDS: login.subnetIds.join(','),
      SECRETS_KEY_ARN: key.keyArn,
      TOPIC_ARN: topic.topicArn,
      DATABASE_CA_FILE: '/var/task/rds-roots.pem',
    };

    const undelivered = makeDeadLetters(this, 'Undelivered', 'undelivered', key);
    const unscheduled = makeDeadLetters(this, 'Unscheduled', 'unscheduled', key);
    const functions = new Map<FunctionName, LambdaFunction>();
    const logs: LogGroup[] = [];
    for (const [name, reading] of reads) {
      const { made, logGroup } = makeFunction(this, name, reading, {
        configuration,
        key,
        loginNetwork,
        settings,
        undelivered,
        codeOf,
      });
      functions.set(name, made);
      logs.push(logGroup);
    }

    const provision = makeStateMachine(this, 'provision', { configuration, key, functions });
    const checkTrusts = makeStateMachine(this, 'check-trusts', { configuration, key, functions });
    makeStateMachine(this, 'watch-update', { configuration, key, functions });
    const conclude = functions.get('conclude');
    if (conclude !== undefined) concludeEnds(this, configuration, conclude, undelivered);
    scheduleChecks(this, configuration, key, checkTrusts, unscheduled);
    watch(this, { place: configuration, topic, logs, deadLetters: [undelivered, unscheduled] });

    const setting = { configuration, keyArn: key.keyArn };
    offerProduct(this, setting);
    tellPeople(this, setting, provision);
  }
}

/** What each command takes, as `--help` shows it. */
export const usages = {
  simulate: `forestbridge simulate [REQUEST] [options]

Carries a request out in a simulated AWS account on this machine, in virtual time.
REQUEST is a JSON file (default: the example of a one-way forest trust with a database).

  --seed N            draws other durations and ids (default 1)
  --break CAUSE       prevents or undoes one cause; may be given several times; 'list' prints them
  --world-file FILE   how the world differs from one in which the request succeeds (see events/worlds)
  --json              prints one JSON object instead of the steps

A world file is JSON: breaks, company (closedPorts, accounts, domainControllers, forwarders, trusts),
network (missingSubnets, routes, networkAcls, securityGroups), directories, failingDirectories,
instances. All may be left out; what is wrong in it is told with what to write instead.

Examples
  forestbridge simulate events/requests/two-way-forest.json
  forestbridge simulate --break port-445
  forestbridge simulate request.json --json --seed 7
  forestbridge simulate --world-file events/worlds/unprepared.json

Exit status: 0 where it succeeded, 1 where it did not or was refused, 2 for wrong usage, 130 on Ctrl-C.`,

  request: `forestbridge request PARAMETERS --via catalog [options]

Asks for a database as an application team does, in a simulated AWS account on this machine, in virtual
time: Service Catalog takes the form, CloudFormation makes its stack, and that carries the request out.
PARAMETERS is a JSON file with the form filled in (see events/catalog). The connections that it may name
are those of forestbridge.jsonc, or of the file in FORESTBRIDGE_CONFIGURATION.

  --via catalog  the way that the request takes: through Service Catalog
  --seed N       draws other durations and ids (default 1)
  --break CAUSE  prevents or undoes one cause; may be given several times; 'list' prints them
  --json         prints one JSON object instead of the steps; its output are the product's outputs

Examples
  forestbridge request events/catalog/orders.json --via catalog
  forestbridge request orders.json --via catalog --json
  forestbridge request orders.json --via catalog --break port-389

Exit status: 0 where it succeeded, 1 where it did not or was refused, 2 for wrong usage.`,

  start: `forestbridge start REQUEST --state-machine ARN [options]

Starts an execution in the AWS account of your credentials, or behind AWS_ENDPOINT_URL.
The Region is the ARN's.

  --state-machine ARN  the deployed workflow
  --watch              shows the steps until the execution has ended
  --json               prints one JSON object; without --watch its status is RUNNING

In that object transitions, invocations, apiCalls and writes are null, because only a simulated
account counts them; virtualSeconds is the time between start and end, or until now. Where watching
fails or is interrupted (Ctrl-C), the execution goes on: the status is RUNNING, execution is its ARN,
and cause says what happened and how to go on.

Example
  forestbridge start request.json --watch \\
    --state-machine arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision

Exit status: 0 where it succeeded or is running, 1 where it did not, was refused or could not be watched,
2 for wrong usage, 130 on Ctrl-C.`,

  explain: `forestbridge explain EXECUTION [--json]

Tells how an execution stands, why it failed, what exists now and what to do next.
EXECUTION is its ARN; the Region is the ARN's. The ledger's table is taken from LEDGER_TABLE
(default forestbridge-ledger).

  --json  prints one JSON object, as start does

Example
  forestbridge explain arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:orders-20260105T080000

Exit status: 0 where it succeeded or is running, 1 where it did not or was refused, 2 for wrong usage.`,

  simulator: `forestbridge simulator [options]

Keeps a simulated AWS account running on the loopback interface, for the AWS CLI and any SDK.
It ends on Ctrl-C. Any credentials will do.

  --port N              the port (default 4566; 0 takes a free one)
  --speed N             how many times as fast as the clock on the wall (default 1)
  --seed N              draws other durations and ids (default 1)
  --world-from REQUEST  makes a world for that request; may be given several times

Example
  forestbridge simulator --speed 600 --world-from events/requests/one-way-forest.json
and in another terminal
  export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=mine
  forestbridge start events/requests/one-way-forest.json --watch \\
    --state-machine arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision
  aws ds describe-trusts --region eu-central-1
  aws stepfunctions redrive-execution --execution-arn ARN --region eu-central-1
  aws servicecatalog provision-product --product-name 'SQL Server for Windows users' \\
    --provisioning-artifact-name 1 --provisioned-product-name mine --region eu-central-1 \\
    --provisioning-parameters Key=Connection,Value=orders Key=DatabaseIdentifier,Value=orders-2

The catalog's connections are named by the requests that the world is made from. What would be sent by
e-mail is printed.`,
};

export type CommandName = keyof typeof usages;
export const isCommandName = (name: string): name is CommandName => Object.hasOwn(usages, name);

export const overview = `forestbridge COMMAND

Connects a company's Active Directory to AWS by a trust and hands back a SQL Server.

  simulate   carries a request out on this machine, in virtual time
  request    asks for a database on this machine, through Service Catalog's form
  start      starts it in an AWS account
  explain    tells how an execution stands, why it failed and what to do
  simulator  keeps a simulated account running for the AWS CLI and SDKs

Examples
  forestbridge simulate
  forestbridge simulate events/requests/two-way-forest.json --break clock

forestbridge COMMAND --help tells more. Exit status: 0 succeeded, 1 did not, 2 wrong usage.`;

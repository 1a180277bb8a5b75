import { describe, expect, it } from 'vitest';
import { main } from '../../cli/main.ts';
import { outcomeSchema } from '../../cli/outcome.ts';
import { forestbridge, shellForTest } from '../support/shell.ts';

const arn = 'arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision';
const commands = ['simulate', 'request', 'start', 'explain', 'simulator'] as const;

describe('help', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])('names every command: %j', async (args) => {
    const { status, output, complaint } = await forestbridge(args);

    expect(status).toBe(0);
    for (const command of commands) expect(output).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(output).toContain('Examples\n');
    expect(complaint).toBe('');
  });

  it.each(commands)('tells what %s takes, with an example and the exit status', async (command) => {
    const { status, output } = await forestbridge([command, '--help']);

    expect(status).toBe(0);
    expect(output).toMatch(new RegExp(`^forestbridge ${command} `));
    expect(output).toMatch(/^Examples?$/m);
    expect(output).toContain(
      command === 'simulator' ? 'It ends on Ctrl-C' : 'Exit status: 0 where it succeeded',
    );
  });

  it('is given whatever else is asked', async () => {
    const { status, output } = await forestbridge(['start', 'no-file.json', '-h']);

    expect(status).toBe(0);
    expect(output).toContain('--state-machine ARN');
  });
});

describe('wrong usage', () => {
  const wrong = [
    ['nonsense', "There is no command 'nonsense'. There are simulate, request, start, explain, simulator."],
    [
      'simulate --brek x',
      'simulate takes no --brek. It takes --help, --json, --seed, --break, --world-file.',
    ],
    ['simulate --watch', 'simulate takes no --watch.'],
    ['simulate -x', 'simulate takes no -x.'],
    ['simulate one.json two.json', "Only one REQUEST is taken: 'one.json', so not 'two.json' too."],
    ['simulate --seed', '--seed needs a value.'],
    ['simulate --seed=', '--seed needs a value.'],
    ['simulate --seed --json', '--seed needs a value.'],
    ['simulate --seed x', "--seed takes a whole number from 0 to 4294967295, not 'x'."],
    ['simulate --seed=-1', "not '-1'."],
    ['simulate --seed 4294967296', "not '4294967296'."],
    ['simulate --seed 1.5', "not '1.5'."],
    ['simulate --seed 1 --seed 2', '--seed is given twice.'],
    ['simulate --json=yes', '--json takes no value.'],
    ['simulate --break thunder', "There is no cause 'thunder' to break. --break list prints"],
    ['simulate --break list --json', '--break list prints a list and no object. Leave out --json.'],
    ['start', 'The REQUEST is missing.'],
    ['start request.json', '--state-machine is missing.'],
    [
      'start request.json --state-machine provision',
      `--state-machine is an ARN such as ${arn}, not 'provision'.`,
    ],
    [
      `start request.json --state-machine ${arn.replace('stateMachine', 'execution')}:x`,
      '--state-machine is an ARN',
    ],
    ['explain', 'The EXECUTION is missing.'],
    [`explain ${arn}`, 'EXECUTION is an ARN such as arn:aws:states:eu-central-1:111122223333:execution:'],
    ['simulator request.json', "'request.json' is the value of no option."],
    ['simulator --port 65536', "--port takes a whole number from 0 to 65535, not '65536'."],
    ['simulator --speed 0', "--speed takes a whole number from 1 to 1000000, not '0'."],
  ] as const;

  it.each(wrong)('ends with exit status 2 and one clear message: %s', async (line, message) => {
    const { status, output, complaint } = await forestbridge(line.split(' '));

    expect(status).toBe(2);
    expect(complaint).toContain(message);
    expect(complaint).toMatch(/\nUsage: forestbridge .*\nforestbridge .*--help tells more\.\n$/);
    expect(complaint).not.toMatch(/^ +at /m);
    if (!line.includes('--json')) expect(output).toBe('');
  });

  it.each([
    ['simulate --break thunder --json', "There is no cause 'thunder' to break."],
    ['simulate --json --help', 'The help is a text and no object. Leave out --json.'],
    ['start -h --json', 'The help is a text and no object. Leave out --json.'],
    ['--help --json', 'The help is a text and no object. Leave out --json.'],
    ['--json', 'Write --json behind the command.'],
    ['--json simulate', 'Write --json behind the command.'],
    ['--json=true simulate', 'Write --json behind the command.'],
    ['simulate --json=true', '--json takes no value.'],
    ['simulate --json=', '--json takes no value.'],
    ['nonsense --json', "There is no command 'nonsense'."],
    ['simulator --json', 'simulator takes no --json.'],
    ['explain --json', 'The EXECUTION is missing.'],
  ])('is an object on the standard output where one is asked for: %s', async (line, cause) => {
    const { status, output } = await forestbridge(line.split(' '));

    expect(status).toBe(2);
    expect(output).toMatch(/^\{.*\}\n$/);
    expect(outcomeSchema.parse(JSON.parse(output))).toMatchObject({
      status: 'REFUSED',
      error: null,
      cause: expect.stringContaining(cause),
      writes: 0,
    });
  });

  it('is none of --json where that is no option', async () => {
    const { status, output, complaint } = await forestbridge(['simulate', '--', '--json', 'other.json']);

    expect(status).toBe(2);
    expect(output).toBe('');
    expect(complaint).toContain("Only one REQUEST is taken: '--json', so not 'other.json' too.");
  });
});

describe('a bug of the program', () => {
  it('is an object, too, where one is asked for, and stays an error', async () => {
    const { shell, output } = shellForTest({
      interrupted: () => {
        throw new TypeError('x is not a function');
      },
    });

    await expect(main(['simulate', '--json'], shell)).rejects.toThrow('x is not a function');
    expect(outcomeSchema.parse(JSON.parse(output()))).toMatchObject({
      status: 'REFUSED',
      cause: 'x is not a function',
    });
  });
});

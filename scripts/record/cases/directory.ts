import type { SubjectCases } from '../case.ts';
import { doubling, losing, refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { openDirectoryTraffic, routePublicAddresses } from './directory-network.ts';
import { called, having, minutes, passed, placeDirectory, steps } from './preparations.ts';

/** So many directories fail in their first minutes. */
const failing =
  (count: number) =>
  ({ world }: Stage): void => {
    world.directories.failures = count;
  };

const confirmed = (stage: Stage): Promise<void> => stage.pass('Confirm superfluous directory');
const removed = (stage: Stage): Promise<void> => stage.pass('Remove superfluous directory');

const ensureDirectory = {
  at: 'Ensure directory',
  cases: {
    'from-nothing': {},
    'still-creating': { before: steps(called, minutes(10)) },
    'active-already': { before: passed },
    adopted: { request: 'adopted-directory' },
    'directory-of-somebody-else': { before: (stage: Stage) => void placeDirectory(stage) },
    'differs-from-the-request': { before: passed, event: having({ 'directory.edition': 'Enterprise' }) },
    'failed-in-its-first-minutes': {
      first: failing(1),
      before: steps(called, minutes(10)),
    },
    'failed-a-second-time': {
      first: failing(2),
      before: steps(called, minutes(10), called, confirmed, removed, called, minutes(10)),
    },
    'made-twice': { before: (stage: Stage) => stage.call(stage.here, doubling('CreateMicrosoftAD')) },
    'adopted-one-is-gone': {
      request: 'adopted-directory',
      before: ({ world }: Stage) => void world.directories.all.splice(0),
    },
    'answer-lost': { during: losing('CreateMicrosoftAD') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('CreateMicrosoftAD')) },
    'too-many-directories': {
      during: refusing(
        'CreateMicrosoftAD',
        'DirectoryLimitExceededException',
        'The limit of 20 directories has been reached.',
      ),
    },
  },
};

const ensured = (stage: Stage): Promise<void> => stage.call('Ensure directory');
const doubled = (stage: Stage): Promise<void> =>
  stage.call('Ensure directory', doubling('CreateMicrosoftAD'));

/** Somebody's directory of that name, with the tag of one that was created for the request. */
const placeOlder = (stage: Stage): void => {
  const directory = placeDirectory(stage, { tags: new Map([['forestbridge:created-for', 'orders']]) });
  Object.assign(directory, { launchedAt: directory.launchedAt - 3_600_000 });
};

const confirmDirectory = {
  at: 'Confirm superfluous directory',
  cases: {
    adopted: { request: 'adopted-directory' },
    'nothing-made': {},
    'created-just-now': { before: ensured },
    'confirmed-already': { before: steps(ensured, passed) },
    'made-twice': { before: doubled },
    'to-be-used': { at: 'Confirm directory' },
    'to-be-used-and-confirmed': { at: 'Confirm directory', before: called },
    'to-be-used-without-its-tags': {
      at: 'Confirm directory',
      before: ({ world }: Stage) => {
        for (const { tags } of world.directories.all) tags.clear();
      },
    },
    'there-before-it-was-asked-for': { before: steps(ensured, placeOlder) },
    'not-allowed-yet': {
      before: ensured,
      during: refusing(
        'AddTagsToResource',
        'AccessDeniedException',
        'User: arn:aws:sts::111122223333:assumed-role/forestbridge-confirm-directory/confirm-directory is not authorized to perform: ds:AddTagsToResource.',
      ),
    },
    'answer-lost': { before: ensured, during: losing('AddTagsToResource') },
    'after-a-lost-answer': {
      before: steps(ensured, (stage: Stage) => stage.call(stage.here, losing('AddTagsToResource'))),
    },
  },
};

const failedOnce = {
  first: failing(1),
  before: steps(ensured, minutes(10), ensured, confirmed),
};

const removeDirectory = {
  at: 'Remove superfluous directory',
  cases: {
    'failed-in-its-first-minutes': failedOnce,
    'being-deleted': { ...failedOnce, before: steps(failedOnce.before, called) },
    'gone-already': { ...failedOnce, before: steps(failedOnce.before, passed) },
    'nothing-made': {},
    'nothing-superfluous': { before: ensured },
    'made-twice': { before: steps(doubled, confirmed) },
    'answer-lost': { ...failedOnce, during: losing('DeleteDirectory') },
    'after-a-lost-answer': {
      ...failedOnce,
      before: steps(failedOnce.before, (stage) => stage.call(stage.here, losing('DeleteDirectory'))),
    },
    'in-use': {
      ...failedOnce,
      during: refusing(
        'DeleteDirectory',
        'ClientException',
        'Cannot delete the directory because it still has authorized applications.',
      ),
    },
  },
};

export const directory: SubjectCases = {
  'ensure-directory': ensureDirectory,
  'confirm-directory': confirmDirectory,
  'remove-directory': removeDirectory,
  'open-directory-traffic': openDirectoryTraffic,
  'route-public-addresses': routePublicAddresses,
};

import aws from 'amazon-states-language-service';
import validate from 'asl-validator';
import { InvalidDefinition } from '../simulator/states/definition/invalid-definition.ts';
import { loadStateMachine } from '../simulator/states/definition/load.ts';
import { places } from '../simulator/states/definition/places.ts';
import { houseRules } from './house-rules.ts';

const byOurLoader = (text: string): readonly string[] => {
  try {
    return houseRules(loadStateMachine(text));
  } catch (error) {
    if (error instanceof InvalidDefinition) return error.problems;
    throw error;
  }
};

const byValidator = (text: string): readonly string[] => {
  const verdict = validate(JSON.parse(text));
  return verdict.isValid ? [] : [`asl-validator: ${verdict.errorsText('; ')}`];
};

const byLanguageService = async (text: string): Promise<readonly string[]> => {
  const service = aws.getLanguageService({});
  const document = aws.TextDocument.create('file:///definition.asl.json', 'asl', 1, text);
  const findings = await service.doValidation(
    document,
    service.parseJSONDocument(document),
    undefined,
    aws.ASL_SCHEMA,
  );
  return findings
    .filter(({ severity }) => severity === aws.DiagnosticSeverity.Error)
    .map(
      ({ message, range }) =>
        `line ${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
    );
};

/** Everything that is wrong with a definition, as our loader, two tools of others and the house rules see it. */
export const problemsOf = async (text: string): Promise<readonly string[]> => {
  const own = byOurLoader(text);
  if (own.some((problem) => problem.startsWith('/: it is not JSON'))) return own;
  return [...own, ...byValidator(text), ...(await byLanguageService(text))];
};

/** How many states a valid definition has, those in its branches included. */
export const countStates = (text: string): number =>
  places(loadStateMachine(text)).reduce((count, { block }) => count + Object.keys(block.States).length, 0);

import { BadConfiguration, configurationFile, readConfiguration } from './configuration.ts';

// Says in one message what is wrong with the configuration, before anything is bundled or synthesised.
try {
  readConfiguration(configurationFile());
} catch (error) {
  if (!(error instanceof BadConfiguration)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

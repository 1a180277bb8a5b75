/** What a process that lives for seconds does without; to be imported before all else. */
import { createRequire, Module } from 'node:module';
import { config } from 'zod';

// Compiling each schema into a function of its own pays only where it reads thousands of values.
config({ jitless: true });

// The login function logs in as a SQL user; what tedious loads for logins to Azure would take 120 ms of every start.
const require = createRequire(import.meta.url);
const azure = createRequire(require.resolve('tedious')).resolve('@azure/identity');
require.cache[azure] = Object.assign(new Module(azure), { loaded: true });

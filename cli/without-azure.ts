import { createRequire, Module } from 'node:module';

// The login function logs in as a SQL user; what tedious loads for logins to Azure would take 130 ms of every start.
const require = createRequire(import.meta.url);
const azure = createRequire(require.resolve('tedious')).resolve('@azure/identity');
require.cache[azure] = Object.assign(new Module(azure), { loaded: true });

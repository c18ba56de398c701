// One bank on one machine: Azurite, the partners' sandbox, the functions app.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, requireFreePort, start, waitForHttp } from './processes.mjs';
import { startAzurite, storageConnectionString } from './azurite.mjs';
import { build, ensureLocalSettings, installNodePackages, root } from './workspace.mjs';

/** The ports a developer knows by heart; each can be chosen by an environment variable of its name. */
export function usualPorts() {
  const of = (name, usual) => Number(process.env[name] ?? usual);
  return {
    functions: of('FUNCTIONS_PORT', 7071), sandbox: of('SANDBOX_PORT', 7080),
    blob: of('AZURITE_BLOB_PORT', 10000), queue: of('AZURITE_QUEUE_PORT', 10001), table: of('AZURITE_TABLE_PORT', 10002),
  };
}

export async function freePorts() {
  const ports = {};
  for (const name of ['functions', 'sandbox', 'blob', 'queue', 'table']) ports[name] = await freePort();
  return ports;
}

export async function prepareBank() {
  await installNodePackages();
  ensureLocalSettings();
  await build('functions/Serverless.Functions.csproj', { label: 'Building the functions app' });
  await build('sandbox/Serverless.Sandbox.csproj', { label: 'Building the sandbox' });
}

export async function requirePorts(ports) {
  await requireFreePort(ports.functions, 'the functions app', 'FUNCTIONS_PORT');
  await requireFreePort(ports.sandbox, 'the sandbox', 'SANDBOX_PORT');
  await requireFreePort(ports.blob, 'Azurite blobs', 'AZURITE_BLOB_PORT');
  await requireFreePort(ports.queue, 'Azurite queues', 'AZURITE_QUEUE_PORT');
  await requireFreePort(ports.table, 'Azurite tables', 'AZURITE_TABLE_PORT');
}

/** @param dataFolder where the bank's state stays between runs; none keeps it in memory. */
export async function startBank(ports, { dataFolder, logFolder }) {
  mkdirSync(logFolder, { recursive: true });
  const bank = { url: `http://127.0.0.1:${ports.functions}`, sandbox: `http://127.0.0.1:${ports.sandbox}`, ports };
  const storage = storageConnectionString(ports);
  await Promise.all([
    startAzurite(ports, { folder: dataFolder && join(dataFolder, 'azurite'), logFolder }),
    (async () => {
      start('sandbox', 'dotnet', ['Serverless.Sandbox.dll', '--port', String(ports.sandbox)], {
        cwd: binary('sandbox'), logFolder,
        env: { Bank__WebhookBaseUrl: `${bank.url}/api/webhooks`, ...(dataFolder ? { Issuer__KeyFile: join(dataFolder, 'issuer-key.pem') } : {}) },
      });
      await waitForHttp(`${bank.sandbox}/issuer/jwks`, 'sandbox');
    })(),
  ]);
  startFunctions(bank, storage, logFolder);
  await waitForHttp(`${bank.url}/api/public/v1/health`, 'functions', { accept: (status) => status === 200 });
  return bank;
}

export function startFunctions(bank, storage, logFolder, env = {}, onExit = undefined) {
  return start('functions', 'dotnet', ['Serverless.Functions.dll', '--port', String(bank.ports.functions)], {
    cwd: binary('functions'), logFolder, onExit,
    env: {
      AzureWebJobsStorage: storage,
      Storage__ConnectionString: storage,
      Authentication__Issuer: `${bank.sandbox}/issuer`,
      ...partners(bank.sandbox),
      ...env,
    },
  });
}

/** The sandbox takes any key, but none is answered 401, as a real partner would. */
const partnerKey = 'one-machine-only';
const sampleSandbox = 'http://127.0.0.1:7080';

function partners(sandbox) {
  const settings = {};
  for (const company of ['oshee', 'ukt', 'albtelecom', 'digitalb', 'traffic-police']) {
    settings[`Partners__Billers__${company}__BaseUrl`] = `${sandbox}/billers/${company}/`;
    settings[`Partners__Billers__${company}__Key`] = partnerKey;
    settings[`Partners__Billers__${company}__WebhookSecret`] = JSON.parse(readFileSync(join(root, `sandbox/Data/${company}.json`), 'utf8')).webhookSecret;
  }
  // Everybody else as the sample has them, at this sandbox: also those that a developer's own settings do not know yet.
  const { Values: sample } = JSON.parse(readFileSync(join(root, 'local.settings.sample.json'), 'utf8'));
  for (const [name, value] of Object.entries(sample)) {
    if (name.startsWith('Partners__') && !(name in settings)) settings[name] = value.replace(sampleSandbox, sandbox);
  }
  return settings;
}

const binary = (project) => join(root, project, 'bin/Release/net10.0');

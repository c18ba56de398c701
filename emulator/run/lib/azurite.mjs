// Azurite as the bank runs it: no telemetry (it also doubles the batch rate offline), any API version, quiet.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { start, waitForPort } from './processes.mjs';
import { root } from './workspace.mjs';

const account = 'devstoreaccount1';
// Published with every copy of the storage emulator; it opens nothing but an emulator.
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export function storageConnectionString({ blob, queue, table }) {
  const endpoint = (port) => `http://127.0.0.1:${port}/${account}`;
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};`
    + `BlobEndpoint=${endpoint(blob)};QueueEndpoint=${endpoint(queue)};TableEndpoint=${endpoint(table)};`;
}

/**
 * @param folder where Azurite keeps its data; none keeps everything in memory.
 * @param preload a module that Node loads before Azurite; none for Azurite as it is.
 * @param flags Node's.
 */
export async function startAzurite(ports, { folder, logFolder, preload, flags = [] }) {
  if (folder) mkdirSync(folder, { recursive: true });
  const place = folder ? ['--location', folder] : ['--inMemoryPersistence'];
  const entry = start('azurite', process.execPath, [
    ...flags, ...(preload ? ['--import', pathToFileURL(preload).href] : []),
    join(root, 'node_modules/azurite/dist/src/azurite.js'), '--silent', '--disableTelemetry', '--skipApiVersionCheck', ...place,
    '--blobHost', '127.0.0.1', '--queueHost', '127.0.0.1', '--tableHost', '127.0.0.1',
    '--blobPort', String(ports.blob), '--queuePort', String(ports.queue), '--tablePort', String(ports.table),
  ], { logFolder });
  await Promise.all([waitForPort(ports.blob, 'Azurite'), waitForPort(ports.queue, 'Azurite'), waitForPort(ports.table, 'Azurite')]);
  return entry;
}

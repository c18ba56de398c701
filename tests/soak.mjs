// make soak: the tests that find something the longer they run, at full length: load and kills, many seeds of the fault proxy, every kill of the
// crash tests on Azurite too, and twenty times the nonsense.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, stopAll, stopOnSignals } from '../emulator/run/lib/processes.mjs';
import { startAzurite, storageConnectionString } from '../emulator/run/lib/azurite.mjs';
import { dim, say } from '../emulator/run/lib/terminal.mjs';
import { compile, dismissCompiler, ensureLocalSettings, installNodePackages, root } from '../emulator/run/lib/workspace.mjs';

const projects = { LoadAndKillTests: 'Journeys.Tests', FaultTests: 'Journeys.Tests', CrashTests: 'Banking.Tests', FuzzTests: 'Functions.Tests' };
const began = performance.now();
const results = join(root, 'artifacts/soak');
mkdirSync(results, { recursive: true });

stopOnSignals();
await installNodePackages();
ensureLocalSettings();
for (const project of new Set(Object.values(projects)))
  await compile(`Building ${project}`, `tests/${project}`);
dismissCompiler();
const ports = { blob: await freePort(), queue: await freePort(), table: await freePort() };
await startAzurite(ports, { logFolder: results });

// One after the other: each is to have the machine's full speed. SEED plays one seed of both; PERCENT and SEEDS say how much of the one and the other.
let failed = 0;
for (const story of (process.env.ONLY ? [process.env.ONLY] : Object.keys(projects))) {
  const started = performance.now();
  say(`${story}, seed ${process.env.SEED ?? 'as in the tests'}`);
  const project = projects[story];
  const assembly = join(root, `tests/${project}/bin/Debug/net10.0/Serverless.${project}.dll`);
  const run = spawnSync('dotnet', [assembly, '-noLogo', '-noColor', '-class', `*${story}`, '-longRunning', '600'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SOAK: '1', SOAK_SEEDS: process.env.SEEDS ?? '1000', SOAK_PERCENT: process.env.PERCENT ?? '100', SERVERLESS_TEST_DEPTH: 'full', SERVERLESS_TEST_STORAGE: storageConnectionString(ports) },
  });
  if (run.status !== 0) failed++;
  say(dim(`${story} took ${minutes(started)} minutes`));
}

await stopAll();
say(dim(`${minutes(began)} minutes in all`));
process.exit(failed > 0 ? 1 : 0);

function minutes(since) {
  return ((performance.now() - since) / 60000).toFixed(1);
}

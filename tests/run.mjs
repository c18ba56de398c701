// make test, make coverage, make secrets: everything a fresh clone needs, then every test project, then one line of numbers.
import { mkdirSync, readdirSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort, stopAll, stopOnSignals } from '../emulator/run/lib/processes.mjs';
import { startAzurite, storageConnectionString } from '../emulator/run/lib/azurite.mjs';
import { bold, dim, green, red, say } from '../emulator/run/lib/terminal.mjs';
import { compile, dismissCompiler, ensureLocalSettings, installNodePackages, root, step } from '../emulator/run/lib/workspace.mjs';
import { printCoverage } from './coverage.mjs';

const wantsCoverage = process.argv.includes('--coverage');
const only = process.argv.find((a) => a.startsWith('--only='))?.slice('--only='.length);
const wantsSecrets = process.argv.includes('--secrets');
const results = join(root, 'artifacts/tests');
const began = performance.now();

stopOnSignals();
ensureLocalSettings();
// While the packages and the browser come the bank is compiled; what it takes from the packages (fonts, the reference page) is only copied, by the second build.
await Promise.all([installNodePackages(), installChromium(), checkFormat(), compile('Building the bank', 'tests/Testing/Serverless.Testing.csproj')]);
await compile('Building the tests', 'Serverless.sln');
dismissCompiler();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const projects = readdirSync(join(root, 'tests'))
  .filter((name) => name.endsWith('.Tests') && existsSync(join(root, 'tests', name, `Serverless.${name}.csproj`)))
  .filter((name) => !only || name.startsWith(only));
const totals = { passed: 0, failed: 0, skipped: 0 };
const tests = [];
// A test runs most code a few times only: compiling it better only when it is called often, without mapping each method twice, and collecting garbage less often,
// saves a third of the time. More threads are ready than there are cores: one that has nothing to do must not spin.
const sparing = {
  DOTNET_TieredPGO: '0', DOTNET_TC_CallCountThreshold: '0x2000', DOTNET_EnableWriteXorExecute: '0', DOTNET_GCgen0size: '0x4000000', DOTNET_ThreadPool_UnfairSemaphoreSpinLimit: '0',
};
// Two of them use both cores of the machine these numbers are kept for by themselves: beside each other both take longer than one after the other. The others wait more than they
// work and run two at a time, the longest first, each lane with a storage of its own, since Azurite uses one core.
const alone = ['Functions.Tests', 'Banking.Tests'];
const queue = [...projects].sort((a, b) => (b === 'Journeys.Tests') - (a === 'Journeys.Tests'));
const storage = await startStorage('1');
for (const project of alone.filter((one) => queue.includes(one))) await runProject(project, storage);
const rest = queue.filter((one) => !alone.includes(one));
await Promise.all([runRest(storage), startStorage('2').then(runRest)]);
await stopAll();

if (wantsCoverage) printCoverage(tests);
for (const skipped of tests.filter((t) => t.result === 'Skip')) say(dim(`skipped: ${skipped.name} (${skipped.reason})`));
say(dim(`${((performance.now() - began) / 1000).toFixed(0)} s in all`));
if (!wantsCoverage) say(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 || (!wantsCoverage && totals.passed === 0) ? 1 : 0);

/** White space, by the formatter itself: as an analyzer it takes a third of the build. What else .editorconfig asks for is looked at by tests (Architecture). */
function checkFormat() {
  const folders = ['banking', 'bench', 'durable-workflows', 'emulator', 'functions', 'sandbox', 'tests'].map((folder) => `${folder}/`);
  return step('Checking the format (dotnet format whitespace . --folder)', 'dotnet', ['format', 'whitespace', '.', '--folder', '--verify-no-changes', '--include', ...folders]);
}

function installChromium() {
  return new Promise((resolve) => {
    spawn('sh', [join(root, 'tests/install-chromium.sh')], { stdio: 'inherit' }).on('close', resolve);
  });
}

async function startStorage(name) {
  const ports = { blob: await freePort(), queue: await freePort(), table: await freePort() };
  // It makes much that is soon forgotten, and no core is free to tidy up beside it.
  const flags = ['--max-semi-space-size=64', '--single-threaded-gc'];
  await startAzurite(ports, { logFolder: join(results, `storage-${name}`), preload: join(root, 'tests/azurite-lookups.mjs'), flags });
  return storageConnectionString(ports);
}

async function runRest(storage) {
  for (let project = rest.shift(); project; project = rest.shift()) await runProject(project, storage);
}

function runProject(name, storage) {
  const started = performance.now();
  const report = join(results, `${name}.xml`);
  const assembly = join(root, `tests/${name}/bin/Debug/net10.0/Serverless.${name}.dll`);
  // Most of their time tests wait for storage and for messages: more of them at once use the cores better.
  const threads = alone.includes(name) ? ['-maxThreads', '2.0x'] : [];
  return new Promise((resolve) => {
    const child = spawn('dotnet', [assembly, '-noLogo', '-noColor', '-longRunning', '60', '-xml', report, '-ignoreFailures', ...threads], {
      cwd: root,
      env: { ...process.env, ...sparing, SERVERLESS_TEST_STORAGE: storage, ...(wantsSecrets ? { SERVERLESS_FIND_SECRETS: '1' } : {}) },
    });
    let output = '';
    child.stdout.on('data', (chunk) => { output += chunk; });
    child.stderr.on('data', (chunk) => { output += chunk; });
    child.on('close', (code) => {
      const count = existsSync(report) ? readReport(report) : null;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (!count || (code !== 0 && count.failed === 0)) {
        // A runner that died tells nothing about its tests: that is a failure, whatever was written before.
        totals.failed++;
        say(`${red('x')} ${bold(name)} did not finish (exit code ${code})\n${output}`);
      } else {
        for (const key of Object.keys(totals)) totals[key] += count[key];
        const mark = count.failed > 0 ? red('x') : green('ok');
        say(`${mark} ${bold(name)} ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped ${dim(`${seconds} s`)}`);
        if (count.failed > 0) say(output);
      }
      resolve();
    });
  });
}

function readReport(file) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const xml = readFileSync(file, 'utf8');
  for (const [, attributes, body = ''] of xml.matchAll(/<test ([^>]*?)(?:\/>|>([\s\S]*?)<\/test>)/g)) {
    const result = attributes.match(/\bresult="(\w+)"/)?.[1];
    const name = decode(attributes.match(/\bname="([^"]*)"/)?.[1] ?? '');
    const requirements = [...body.matchAll(/<trait name="Requirement" value="([^"]+)"/g)].map((m) => m[1]);
    const reason = decode(body.match(/<reason>(?:<!\[CDATA\[)?([\s\S]*?)(?:\]\]>)?<\/reason>/)?.[1] ?? '').trim();
    tests.push({ name, result, requirements, reason });
    if (result === 'Pass') count.passed++;
    else if (result === 'Fail') count.failed++;
    else count.skipped++;
  }
  // What failed outside a test (a fixture, a clean-up) must not pass for a green run.
  for (const [, errors] of xml.matchAll(/<assembly [^>]*\berrors="(\d+)"/g)) count.failed += Number(errors);
  return count;
}

function decode(text) {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

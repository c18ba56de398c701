// make test, make coverage, make secrets: everything a fresh clone needs, then every test project, then one line of numbers.
import { mkdirSync, readdirSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort, stopAll, stopOnSignals } from '../emulator/run/lib/processes.mjs';
import { startAzurite, storageConnectionString } from '../emulator/run/lib/azurite.mjs';
import { bold, dim, green, red, say } from '../emulator/run/lib/terminal.mjs';
import { compile, dismissCompiler, ensureLocalSettings, installNodePackages, root } from '../emulator/run/lib/workspace.mjs';
import { printCoverage } from './coverage.mjs';

const wantsCoverage = process.argv.includes('--coverage');
const only = process.argv.find((a) => a.startsWith('--only='))?.slice('--only='.length);
const wantsSecrets = process.argv.includes('--secrets');
const results = join(root, 'artifacts/tests');
const began = performance.now();

stopOnSignals();
ensureLocalSettings();
// While the packages and the browser come the bank is compiled; what it takes from the packages (fonts, the reference page) is only copied, by the second build.
await Promise.all([installNodePackages(), installChromium(), compile('Building the bank', 'tests/Testing/Serverless.Testing.csproj')]);
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
// saves a third of the time.
const sparing = { DOTNET_TieredPGO: '0', DOTNET_TC_CallCountThreshold: '0x200', DOTNET_EnableWriteXorExecute: '0', DOTNET_GCgen0size: '0x4000000' };
// Two at a time: the machine these numbers are kept for has two cores. The long ones first, so that neither core waits at the end.
const longest = ['Functions.Tests', 'Banking.Tests', 'Journeys.Tests', 'Emulator.Tests'];
const rank = (name) => (longest.indexOf(name) + longest.length + 1) % (longest.length + 1);
const queue = [...projects].sort((a, b) => rank(a) - rank(b));
// Each lane has a storage of its own, since Azurite uses one core. White space, style and analyzers are looked at by the build, the order of usings by a test.
await Promise.all([runLane('1'), runLane('2')]);
await stopAll();

if (wantsCoverage) printCoverage(tests);
for (const skipped of tests.filter((t) => t.result === 'Skip')) say(dim(`skipped: ${skipped.name} (${skipped.reason})`));
say(dim(`${((performance.now() - began) / 1000).toFixed(0)} s in all`));
if (!wantsCoverage) say(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 || (!wantsCoverage && totals.passed === 0) ? 1 : 0);

function installChromium() {
  return new Promise((resolve) => {
    spawn('sh', [join(root, 'tests/install-chromium.sh')], { stdio: 'inherit' }).on('close', resolve);
  });
}

async function runLane(name) {
  const ports = { blob: await freePort(), queue: await freePort(), table: await freePort() };
  await startAzurite(ports, { logFolder: join(results, `lane-${name}`), preload: join(root, 'tests/azurite-lookups.mjs') });
  for (let project = queue.shift(); project; project = queue.shift()) await runProject(project, storageConnectionString(ports));
}

function runProject(name, storage) {
  const started = performance.now();
  const report = join(results, `${name}.xml`);
  const assembly = join(root, `tests/${name}/bin/Debug/net10.0/Serverless.${name}.dll`);
  // Most of their time tests wait for storage and for messages: more of them at once use the cores better.
  const threads = ['Banking.Tests', 'Functions.Tests'].includes(name) ? ['-maxThreads', '2.0x'] : [];
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

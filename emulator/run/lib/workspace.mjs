// Where things are, and the steps that bring a fresh clone to a built one: npm packages, settings, build.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync, copyFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, say, Spinner } from './terminal.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const dataFolder = join(root, '.data');
const stamps = join(root, 'artifacts', 'stamps');

/** Installs the npm packages of the lock file, once per lock file. */
export async function installNodePackages() {
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  const stamp = join(stamps, 'npm');
  if (existsSync(join(root, 'node_modules/azurite')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  await step('Installing npm packages', 'npm', ['ci', '--ignore-scripts', '--loglevel=error']);
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, lock);
}

/** local.settings.json is each developer's own; the first run makes it from the sample. */
export function ensureLocalSettings() {
  const settings = join(root, 'functions/local.settings.json');
  if (!existsSync(settings)) copyFileSync(join(root, 'local.settings.sample.json'), settings);
}

/** Builds when a source is newer than the last build of the same target; answers at once otherwise. */
export async function build(target, { configuration = 'Release', label = 'Building' } = {}) {
  const stamp = join(stamps, `build-${configuration}-${target.replaceAll(/[^A-Za-z0-9]/g, '-')}`);
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newestSource()) return;
  // Who only runs the bank need not wait for the rules of its code: make test looks at them.
  await compile(label, target, '-c', configuration, '-p:RunAnalyzers=false');
  dismissCompiler();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, '');
}

/** dotnet build with one compiler for all projects, which takes half the time of one for each; send it away with the last build. */
export async function compile(label, target, ...more) {
  await step(label, 'dotnet', ['build', target, '-v', 'quiet', '--nologo', '-clp:NoSummary', '-p:UseSharedCompilation=true', ...more]);
}

/** Where the environment wants no compiler to stay, it is sent away. */
export function dismissCompiler() {
  if (process.env.UseSharedCompilation === 'false') spawnSync('dotnet', ['build-server', 'shutdown', '--vbcscompiler'], { stdio: 'ignore' });
}

/** Runs a command, showing that it goes on; its output is printed only when it fails. */
export function step(label, command, args, options = {}) {
  return new Promise((resolveStep) => {
    const spinner = new Spinner(label);
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    child.stdout.on('data', (chunk) => { output += chunk; spinner.detail(chunk); });
    child.stderr.on('data', (chunk) => { output += chunk; });
    child.on('error', (error) => { spinner.stop('failed'); fail(`${command} did not start: ${error.message}`); });
    child.on('close', (code) => {
      spinner.stop(code === 0 ? 'done' : 'failed');
      if (code !== 0) { say(output.trimEnd()); fail(`${label.toLowerCase()} failed (exit code ${code}); what went wrong is above.`); }
      resolveStep();
    });
  });
}

export function has(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
}

function newestSource() {
  const sources = /\.(cs|csproj|props|targets|json|html|css|js)$/;
  let newest = 0;
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (['bin', 'obj', 'node_modules', '.git', '.data', 'artifacts'].includes(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (sources.test(entry.name)) newest = Math.max(newest, statSync(path).mtimeMs);
    }
  };
  walk(root);
  return newest;
}

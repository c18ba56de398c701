// After the resources are made: fills the vault. Keys of the bank itself are drawn here and seen by nobody; what partners give is asked for, one by one,
// or taken from a file of NAME=value lines (BANK_SECRETS_FILE). What is in the vault already stays.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const vault = process.env.BANK_VAULT;
const names = JSON.parse(process.env.BANK_SECRETS ?? '[]');
if (!vault || names.length === 0) throw new Error('BANK_VAULT and BANK_SECRETS come from azd provision: run this by azd, or in "azd env get-values".');
const given = process.env.BANK_SECRETS_FILE ? readGiven(process.env.BANK_SECRETS_FILE) : {};
const kept = new Set(JSON.parse(az('keyvault', 'secret', 'list', '--vault-name', vault, '--query', '[].name', '--output', 'json')).map((it) => it.toLowerCase()));

const missing = [];
for (const name of names) {
  const secret = secretOf(name);
  if (kept.has(secret.toLowerCase())) continue;
  const value = given[name] ?? draw(name);
  if (value === undefined) missing.push(name);
  else put(secret, value);
}
for (const name of missing) console.log(`missing: ${name} (secret ${secretOf(name)})`);
if (missing.length > 0) {
  console.log(`The app does not start without them. Put them into a file of NAME=value lines and run: BANK_SECRETS_FILE=<file> azd hooks run postprovision`);
  process.exitCode = 1;
}

// As modules/functionApp.bicep refers to it.
function secretOf(name) {
  return name.replaceAll('__', '--').replaceAll('_', '-');
}

function draw(name) {
  if (name.endsWith('__SigningKey')) return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  const isPartners = name.startsWith('Partners__') || name.startsWith('Desk__Systems__');
  if (!isPartners) return randomBytes(32).toString('base64');
  if (process.env.BANK_STAGE === 'prod') return undefined;
  // Elsewhere the app shall start before every partner has answered: it then calls with keys that they refuse.
  return name.endsWith('Secret') ? `whsec_${randomBytes(32).toString('base64')}` : randomBytes(32).toString('base64url');
}

// By a file that nobody else can read: arguments of a process can be seen by others.
function put(secret, value) {
  const folder = mkdtempSync(join(tmpdir(), 'bank-'));
  try {
    const file = join(folder, 'value');
    writeFileSync(file, value, { mode: 0o600 });
    az('keyvault', 'secret', 'set', '--vault-name', vault, '--name', secret, '--file', file, '--encoding', 'utf-8', '--output', 'none');
    console.log(`put: ${secret}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readGiven(file) {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]));
}

function az(...args) {
  return execFileSync('az', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' });
}

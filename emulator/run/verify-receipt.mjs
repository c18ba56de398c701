// make verify-receipt: checks a receipt's signature with the bank's published keys and prints what it states. Needs no part of the bank but the keys.
import { createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { bold, fail, green, say } from './lib/terminal.mjs';

const [, , given = '', keys = ''] = process.argv;
if (!given) fail('Say which receipt: make verify-receipt RECEIPT=<text or file> [KEYS=<JWK set: file or address>]');
const receipt = (existsSync(given) ? readFileSync(given, 'utf8') : given).trim();
const parts = receipt.split('.');
const json = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

try {
  const header = json(parts[0]);
  const { keys: known } = await readKeys(keys || 'http://127.0.0.1:7071/api/public/v1/keys');
  const jwk = known.find((key) => key.kid === header.kid && key.kty === 'EC' && key.crv === 'P-256');
  const genuine = parts.length === 3 && header.alg === 'ES256' && header.typ === 'receipt+jwt' && !('crit' in header) && jwk
    && verify('sha256', Buffer.from(`${parts[0]}.${parts[1]}`), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(parts[2], 'base64url'));
  if (!genuine) fail('Not genuine: the bank did not sign this, or it was altered since.');
  const states = json(parts[1]);
  say(`${green('Genuine.')} ${bold(states.iss)} booked ${states.kind} ${states.jti} on ${states.bookedOn}, account ${states.account}:`);
  for (const line of states.entries) say(`  ${line.amount} ${line.currency}  ${line.description}${line.counterparty?.name ? `  (${line.counterparty.name})` : ''}`);
} catch (error) {
  fail(error instanceof SyntaxError || error instanceof TypeError ? 'Not genuine: this is no receipt.' : error.message);
}

async function readKeys(from) {
  if (!/^https?:/.test(from)) return JSON.parse(readFileSync(from, 'utf8'));
  const answer = await fetch(from).catch(() => null);
  if (!answer?.ok) fail(`No keys at ${from}. Give KEYS=<file with the bank's JWK set> to verify offline.`);
  return answer.json();
}

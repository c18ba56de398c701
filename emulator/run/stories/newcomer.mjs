// make demo: a newcomer becomes a customer with nothing but calls and a (sandbox) camera.
import { createHash, randomInt, randomUUID } from 'node:crypto';
import { bold, cyan, say } from '../lib/terminal.mjs';

/** @param tools what the demo's stories share: bank, expect, chapter, until, sandbox. */
export async function playNewcomer({ bank, chapter, expect, until, sandbox }) {
  const digits = (count) => String(randomInt(10 ** (count - 1), 10 ** count));
  const [email, personalId, mobile] = [`n${digits(8)}@example.com`, `K${digits(8)}A`, `+35568${digits(7)}`];
  let token = '';

  chapter('A stranger proves an e-mail address and approves what has to be approved');
  const sent = await post('/email-codes', { email, personalId, language: 'en' });
  const entered = await post('/applications', { challenge: sent.challenge, code: await code('email', email), installationId: randomUUID() });
  token = entered.applicationToken;
  const { documents } = await get('/consents');
  await post('/application/consents', { consents: documents.map(({ document, version }) => ({ document, version })) });

  chapter('Documents and face before the camera');
  const video = await post('/application/video-sessions', { documentType: 'identity_card' });
  await fetch(video.captureUrl, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ outcome: 'verified', personalNumber: personalId, surname: 'Kola', givenNames: 'Drita', birthDate: '2000-05-15' }),
  });
  await until(() => get('/application'), (it) => it.status === 'identified', 'the identification');
  say(`   ${bold('Drita Kola')} is who applied, of age, and no customer yet`);

  chapter('Mobile number, residence, taxes, a few questions');
  await post('/application/mobile', { mobile });
  await post('/application/mobile/code', { code: await code('sms', mobile) });
  await post('/application/residence', { emigrant: false, city: 'tirane', postalCode: '1001', address: 'Rruga e Kavajes 12', administrativeUnit: 'tirane-7', village: 'tirane-7-qender', branch: '1101' });
  await post('/application/tax-status', { usRelation: false, foreignTaxpayer: false });
  await post('/application/personal-data', {
    educationLevel: 'bachelor', profession: 'economist', jobPosition: 'employee', civilStatus: 'single', fatherFirstName: 'Agim', motherMaidenSurname: 'Leka', birthCountry: 'AL',
    birthCity: 'tirane', marketingEmails: false, creditHistoryCheck: false,
  });
  await post('/application/review/confirmation', { dataHash: (await get('/application/review')).dataHash });

  chapter('The contract is read, confirmed, and signed by a code');
  await post('/application/contract/confirmation', { documentHash: await pdf('contract') });
  const signed = await post('/application/contract/signature', { code: await code('sms', mobile) });
  say(`   customer ${cyan(signed.client.customerNumber)}, account ${cyan(signed.client.iban)}`);
  await post('/application/password', { password: 'Vera2026x' });
  const done = await post('/application/account-contract/confirmation', { documentHash: await pdf('account-contract') });
  expect(done.status === 'completed', `${signed.client.customerNumber} may sign in`);

  async function post(path, body) {
    return read(await fetch(`${bank.url}/api/public/v1/onboarding${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'application-token': token }, body: JSON.stringify(body) }), path);
  }

  async function get(path) {
    return read(await fetch(`${bank.url}/api/public/v1/onboarding${path}`, { headers: { 'application-token': token } }), path);
  }

  async function read(answer, path) {
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  async function pdf(what) {
    const answer = await fetch(`${bank.url}/api/public/v1/onboarding/application/${what}`, { headers: { 'application-token': token } });
    return createHash('sha256').update(Buffer.from(await answer.arrayBuffer())).digest('hex');
  }

  /** The newest six digits; each message has others than the one before. */
  async function code(channel, to) {
    const known = code.known ??= new Set();
    const fresh = async () => (await sandbox('GET', `/inbox/messages?channel=${channel}`)).messages
      .filter((message) => message.to === to && !known.has(message.id) && /\b\d{6}\b/.test(message.text));
    const [message] = await until(fresh, (found) => found.length > 0, `a code by ${channel}`);
    known.add(message.id);
    return /\b\d{6}\b/.exec(message.text)[0];
  }
}

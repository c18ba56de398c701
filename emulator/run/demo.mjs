// make demo: the bill story over HTTP, each step printed, against a running bank or one that it starts itself.
import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { freePorts, prepareBank, startBank, usualPorts } from './lib/bank.mjs';
import { Client } from './lib/client.mjs';
import { stopAll, stopOnSignals } from './lib/processes.mjs';
import { openCustomer } from './lib/seed.mjs';
import { bold, cyan, dim, fail, green, red, say } from './lib/terminal.mjs';
import { root } from './lib/workspace.mjs';
import { playCard } from './stories/card.mjs';
import { playNewcomer } from './stories/newcomer.mjs';
import { playPreferentialRate } from './stories/preferential-rate.mjs';

const quiet = process.argv.includes('--quiet');
stopOnSignals();
const running = await findRunning();
const bank = running ?? await startOwn();
try {
  await play();
} catch (error) {
  say();
  await stopAll();
  fail(error.message);
}
await stopAll();

async function play() {
  const run = randomUUID();
  const number = String(randomInt(200_000_000, 999_999_999));
  // The sample's own client code on a fresh bank; on a running one somebody may have paid its invoice already, so a new subscriber like it.
  const clientCode = running ? `TR0.A${String(randomInt(1, 9_999_999)).padStart(13, '0')}` : 'TR0.A0000000000000';
  const digits = running ? String(randomInt(100_000_000, 999_999_990)) : '000000001';
  const first = digits;
  const second = String(Number(digits) + 1).padStart(9, '0');
  if (running) {
    await sandbox('POST', '/billers/oshee/subscribers', { clientCode, name: 'Test Test' });
    await sandbox('POST', '/billers/oshee/invoices', { clientCode, number: first, amount: all('1707.40'), issuedOn: '2018-08-01' });
  }

  chapter('A customer with 18.13 ALL registers an electricity contract');
  const teller = await Client.staff(bank, 'teller-1', 'branch');
  const contact = { number, name: 'Test Test', language: 'en', email: `${number}@example.com`, phone: `+35569${number.slice(-7)}`, money: '18.13' };
  const accountId = await openCustomer(bank, teller, contact, run);
  const me = await Client.customer(bank, number);
  const balance = async () => (await me.must('GET', `/api/v1/accounts/${accountId}`)).available.amount;
  say(`   customer ${number}, balance ${bold(await balance())} ALL`);
  const contract = await call(me, 'POST', '/api/v1/bills/contracts', { company: 'oshee', clientCode, name: 'Test Test' }, 201);
  const unpaid = await call(me, 'GET', `/api/v1/bills/contracts/${contract.id}/invoices`, undefined, 200);
  expect(unpaid.items.length === 1 && unpaid.items[0].amount.amount === '1707.40', 'one unpaid invoice of 1707.40 ALL');

  chapter('18.13 ALL is not enough');
  const poor = await call(me, 'POST', '/api/v1/bills/quotes', { contractId: contract.id, invoiceNumber: first, accountId }, 200);
  await call(me, 'POST', '/api/v1/bills/payments', { quoteId: poor.quoteId, accountId }, 422, 'insufficient_funds');
  expect(await balance() === '18.13', 'the balance is still 18.13 ALL');

  chapter('With 2000.00 ALL it is paid');
  await call(teller, 'POST', `/api/backoffice/v1/accounts/${accountId}/cash-deposits`, { amount: all('1981.87'), description: 'Salary in cash' }, 201);
  const quote = await call(me, 'POST', '/api/v1/bills/quotes', { contractId: contract.id, invoiceNumber: first, accountId }, 200);
  const payment = await call(me, 'POST', '/api/v1/bills/payments', { quoteId: quote.quoteId, accountId }, 201);
  expect(payment.state === 'paid', 'the payment is paid');
  expect(await balance() === '292.60', 'the balance is 292.60 ALL');
  expect((await me.must('GET', `/api/v1/bills/contracts/${contract.id}/invoices`)).items.length === 0, 'no unpaid invoice is left');

  chapter('A new invoice brings one push, however often the bank asks');
  await sandbox('POST', '/billers/oshee/invoices', { clientCode, number: second, amount: all('1200.00') });
  await fireTimer('Bills_StartInvoicePolls');
  await fireTimer('Bills_StartInvoicePolls');
  const pushes = await until(() => inbox(number, 'push'), (messages) => messages.length > 0, 'a push');
  for (const push of pushes) say(`   ${cyan('push')}  ${push.title}: ${push.text}`);
  expect(pushes.length === 1, 'exactly one push');

  chapter('An authorisation pays it on the payment day');
  const now = new Date((await admin('GET', '/admin/clock')).now);
  const tomorrow = new Date(now.getTime() + 24 * 3600 * 1000);
  const paymentDay = tomorrow.getUTCDate();
  const authorisation = await call(me, 'POST', '/api/v1/bills/authorisations',
    { company: 'oshee', subscriberNumber: clientCode, paymentType: 'automatic', accountId, paymentDay, maximum: all('5000.00'), emailNotice: true }, 201);
  await call(teller, 'POST', `/api/backoffice/v1/accounts/${accountId}/cash-deposits`, { amount: all('2000.00'), description: 'Salary in cash' }, 201);
  say(dim(`   the bank's clock moves to ${authorisation.nextDate}`));
  await moveClocks(now, authorisation.nextDate);
  const later = await Client.customer(bank, number);
  const payments = await until(
    async () => (await later.must('GET', '/api/v1/bills/payments')).items,
    (items) => items.some((p) => p.invoiceNumber === second && p.state === 'paid'), 'the automatic payment');
  const automatic = payments.find((p) => p.invoiceNumber === second);
  expect(automatic.authorisationId === authorisation.id, `invoice ${second} was paid by authorisation ${authorisation.number}`);
  const account = await later.must('GET', `/api/v1/accounts/${accountId}`);
  expect(account.available.amount === '1092.60', 'the balance is 1092.60 ALL');
  const mails = await until(() => inbox(number, 'email'), (messages) => messages.length > 0, 'the e-mail');
  for (const mail of mails) say(`   ${cyan('e-mail')}  ${mail.title}: ${mail.text}`);
  expect((await inbox(number, 'push')).length === 1, 'still exactly one push');

  await playNewcomer({ bank, chapter, expect, until, sandbox });
  await playCard({ bank, chapter, call, expect, until, sandbox });
  await playPreferentialRate({ bank, chapter, call, expect, until, sandbox });

  chapter('And the books prove it');
  const controller = await Client.staff(bank, 'controller-1', 'ledger');
  const proof = await call(controller, 'GET', '/api/backoffice/v1/ledger/trial-balance', undefined, 200);
  expect(proof.isProven === true, 'every currency sums to zero, every balance equals its entries');
  say(`\n${green('The story holds.')} ${dim(running ? `The messages are at ${bank.sandbox}/inbox?customer=${number}.` : '`make run` keeps a bank open, with every message at /inbox.')}`);
}

function chapter(text) { say(`\n${bold(text)}`); }

async function call(client, method, path, body, status, code) {
  const answer = await client.send(method, path, body);
  say(`   ${method} ${path}${body && !quiet ? dim(`  ${JSON.stringify(body)}`) : ''}`);
  say(`   ${answer.status === status ? green(answer.status) : red(answer.status)} ${quiet ? '' : dim(shorten(JSON.stringify(answer.body)))}`);
  if (answer.status !== status || (code && answer.body.code !== code)) {
    throw new Error(`${method} ${path} was to answer ${status}${code ? ` ${code}` : ''}, and answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

function expect(holds, sentence) {
  if (!holds) throw new Error(`this does not hold: ${sentence}`);
  say(`   ${green('ok')} ${sentence}`);
}

function shorten(text) { return text.length > 160 ? `${text.slice(0, 157)}...` : text; }
function all(amount) { return { amount, currency: 'ALL' }; }

async function sandbox(method, path, body) {
  const answer = await fetch(`${bank.sandbox}${path}`, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${method} ${path}: ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

async function admin(method, path, body, headers = {}) {
  const answer = await fetch(`${bank.url}${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

function fireTimer(name) { return admin('POST', `/admin/functions/${name}`, {}, { prefer: 'wait' }); }

async function inbox(customer, channel) {
  const { messages } = await sandbox('GET', `/inbox/messages?customer=${customer}&channel=${channel}`);
  return messages.filter((message) => channel !== 'push' || message.link?.startsWith('bills/'));
}

/** To 07:00 Europe/Tirane or later of that day; the sandbox's clock first, so that its tokens are good on both sides. */
async function moveClocks(now, date) {
  const target = new Date(`${date}T07:30:00Z`).toISOString();
  await sandbox('POST', '/clock', { now: target });
  await admin('POST', '/admin/clock', { now: target });
  await sandbox('POST', '/clock', { now: new Date((await admin('GET', '/admin/clock')).now).toISOString() });
}

/** Messages between functions take a moment; asks until it is so. */
async function until(ask, isSo, what) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not come within 30 s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function findRunning() {
  const ports = usualPorts();
  const found = { url: `http://127.0.0.1:${ports.functions}`, sandbox: `http://127.0.0.1:${ports.sandbox}`, ports };
  try {
    const answers = await Promise.all([`${found.url}/api/public/v1/health`, `${found.sandbox}/issuer/jwks`].map((url) => fetch(url, { signal: AbortSignal.timeout(1500) })));
    if (!answers.every((answer) => answer.ok)) return null;
    say(dim(`Using the bank at ${found.url}. Its clock will move on by a day.`));
    return found;
  } catch {
    return null;
  }
}

async function startOwn() {
  say(dim('No bank is running: starting one of its own, in memory.'));
  await prepareBank();
  return startBank(await freePorts(), { logFolder: join(root, 'artifacts/demo') });
}

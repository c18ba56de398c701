// make demo: 20,000 EUR at a preferential rate. The customer asks, the treasury decides at its desk, the back office's system hears of it, and the exchange is made.
import { randomInt, randomUUID } from 'node:crypto';
import { Client } from '../lib/client.mjs';
import { openCustomer } from '../lib/seed.mjs';
import { bold, cyan, say } from '../lib/terminal.mjs';

/** @param tools what the demo's stories share: bank, chapter, call, expect, until, sandbox. */
export async function playPreferentialRate({ bank, chapter, call, expect, until, sandbox }) {
  const number = String(randomInt(200_000_000, 999_999_999));
  const hook = `demo-${randomUUID()}`;
  const [administrator, dealer, teller] = [
    await Client.staff(bank, 'administrator-1', 'administrator'), await Client.staff(bank, 'treasurer-1', 'treasury'), await Client.staff(bank, 'teller-1', 'branch'),
  ];

  chapter('A back office listens, and the treasury publishes the rates of today');
  const endpoint = await call(administrator, 'POST', '/api/backoffice/v1/webhook-endpoints',
    { address: `${bank.sandbox}/back-offices/back-office/hooks/${hook}`, eventTypes: ['preferential_rate.*'], description: 'Demo' }, 201);
  await sandbox('PUT', `/back-offices/back-office/hooks/${hook}`, { secrets: [endpoint.secret] });
  await call(dealer, 'POST', '/api/backoffice/v1/fx/boards', { rates: [{ currency: 'EUR', buy: '97.20', sell: '98.90' }] }, 201);

  chapter('A customer asks to buy 20,000 EUR for less than 98.90');
  const lek = await openCustomer(bank, teller, { number, name: 'Arta Hoxha', language: 'en', email: `${number}@example.com`, phone: `+35569${number.slice(-7)}`, money: '2000000.00' }, randomUUID());
  const euro = (await teller.must('POST', '/api/backoffice/v1/accounts', { customer: number, currency: 'EUR', name: 'Euro' })).id;
  const me = await Client.customer(bank, number);
  const quote = await call(me, 'POST', '/api/v1/fx/exchanges/buy/quotes', { fromAccountId: lek, toAccountId: euro, amount: { amount: '20000.00', currency: 'EUR' } }, 200);
  const id = randomUUID();
  const path = `/api/v1/fx/rate-requests/${id}`;
  await call(me, 'PUT', path, { quoteId: quote.quoteId }, 201);

  chapter('The treasury opens the case at its desk and confirms 98.40');
  const desk = '/api/backoffice/v1/desk/queues';
  const waiting = (await call(dealer, 'GET', desk, undefined, 200)).queues.find((queue) => queue.name === 'treasury');
  expect(waiting.waiting >= 1, `the queue has ${bold(waiting.waiting)} waiting`);
  const file = await call(dealer, 'GET', `${desk}/treasury/cases/${id}`, undefined, 200);
  expect(file.decisions.some((choice) => choice.code === 'confirm_rate'), 'a rate can be confirmed');
  await call(dealer, 'POST', `${desk}/treasury/cases/${id}/decisions`, { decision: 'confirm_rate', fields: [{ name: 'rate', value: '98.40' }] }, 200);
  const heard = await until(
    async () => (await sandbox('GET', `/back-offices/back-office/hooks/${hook}`)).messages,
    (messages) => messages.some((message) => message.body.type === 'preferential_rate.decided'), 'the webhook');
  for (const message of heard) say(`   ${cyan('webhook')}  ${message.body.type} ${message.body.data.state}, signed: ${message.signedBy.length > 0}`);
  expect(heard.every((message) => message.signedBy.length > 0), 'every webhook is signed with the secret of the endpoint');

  chapter('The customer completes the exchange');
  const completion = await call(me, 'POST', `${path}/completion/quotes`, {}, 200);
  const done = await call(me, 'POST', `${path}/completion`, { quoteId: completion.quoteId }, 201);
  expect(done.status === 'completed' && done.exchange.debit.amount === '1968000.00', '20,000.00 EUR cost 1,968,000.00 ALL instead of 1,978,000.00');
  expect((await me.must('GET', `/api/v1/accounts/${euro}`)).available.amount === '20000.00', '20,000.00 EUR are on the account');
  await call(administrator, 'DELETE', `/api/backoffice/v1/webhook-endpoints/${endpoint.endpoint.id}`, undefined, 204);
}

// Demo customers, opened through the back office like any other; every step is safe to repeat.
import { Client } from './client.mjs';

const customers = [
  { number: '100000001', name: 'Test Test', language: 'en', email: 'test@example.com', phone: '+355691000001', money: '2000.00' },
  { number: '100000002', name: 'Arta Hoxha', language: 'sq', email: 'arta@example.com', phone: '+355691000002', money: '85000.00' },
  { number: '100000003', name: 'Blerim Kola', language: 'sq', email: 'blerim@example.com', phone: '+355691000003', money: '18.13' },
];

/** Opens the demo customers' main accounts and pays cash in, once: the keys make a second start meet the first. */
export async function seed(bank) {
  const teller = await Client.staff(bank, 'teller-1', 'branch');
  for (const customer of customers) await openCustomer(bank, teller, customer, 'demo');
}

/** @returns the main account's id. @param run makes the keys: the same run meets what it did before. */
export async function openCustomer(bank, teller, { number, name, language, email, phone, money }, run) {
  await teller.must('PUT', `/api/backoffice/v1/customers/${number}`, { name, language, email, phone, pushToken: `phone-of-${number}` });
  const account = await teller.must('POST', '/api/backoffice/v1/accounts',
    { customer: number, currency: 'ALL', name: 'Main account', isMain: true }, { key: `${run}-open-${number}` });
  await teller.must('POST', `/api/backoffice/v1/accounts/${account.id}/cash-deposits`,
    { amount: { amount: money, currency: 'ALL' }, description: 'Opening deposit' }, { key: `${run}-cash-${number}` });
  return account.id;
}

/** The customer of the README, with an invoice to pay and the money for it: the sample's own at first, another one once that is paid. */
export async function story(bank) {
  const customer = customers[0].number;
  const clientCode = 'TR0.A0000000000000';
  const client = await Client.customer(bank, customer);
  const registered = await client.send('POST', '/api/v1/bills/contracts', { company: 'oshee', clientCode, name: 'Test Test' }, { key: 'demo-contract' });
  if (registered.status >= 300 && registered.body.code !== 'contract_already_registered') {
    throw new Error(`the demo contract was not registered: ${JSON.stringify(registered.body)}`);
  }
  const list = `/api/v1/bills/invoices?company=oshee&clientCode=${clientCode}`;
  const unpaid = async () => (await client.must('GET', list)).items.find((item) => item.state === 'unpaid');
  const invoice = (await unpaid()) ?? (await issueAnother(bank, clientCode, unpaid));
  const main = (await client.must('GET', '/api/v1/accounts')).items.find((account) => account.isMain);
  if (Number(main.available.amount) < Number(invoice.total.amount)) {
    const teller = await Client.staff(bank, 'teller-1', 'branch');
    await teller.must('POST', `/api/backoffice/v1/accounts/${main.id}/cash-deposits`,
      { amount: { amount: '2000.00', currency: 'ALL' }, description: 'Cash' });
  }
  return { customer, clientCode, invoiceNumber: invoice.number, accountId: main.id };
}

async function issueAnother(bank, clientCode, unpaid) {
  const number = `D${Date.now()}`;
  const answer = await fetch(`${bank.sandbox}/billers/oshee/invoices`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientCode, number, amount: { amount: '150.00', currency: 'ALL' } }),
  });
  if (!answer.ok) throw new Error(`the sandbox issued no invoice: ${await answer.text()}`);
  return unpaid();
}

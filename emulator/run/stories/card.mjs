// make demo: a credit card. The desk grants less than was asked for, the customer accepts, is identified, signs, and collects the card.
import { randomInt, randomUUID } from 'node:crypto';
import { Client } from '../lib/client.mjs';
import { openCustomer } from '../lib/seed.mjs';
import { bold, cyan, say } from '../lib/terminal.mjs';

/** @param tools what the demo's stories share: bank, chapter, call, expect, until, sandbox. */
export async function playCard({ bank, chapter, call, expect, until, sandbox }) {
  const number = String(randomInt(200_000_000, 999_999_999));
  const phone = `+35569${number.slice(-7)}`;
  const two = (most) => String(randomInt(1, most + 1)).padStart(2, '0');
  const person = `I${randomInt(0, 10)}${two(12)}${two(28)}${String(randomInt(0, 1000)).padStart(3, '0')}K`;
  const all = (amount) => ({ amount, currency: 'ALL' });

  chapter('Somebody with a loan elsewhere asks for a card of 200,000 ALL');
  const teller = await Client.staff(bank, 'teller-1', 'branch');
  await openCustomer(bank, teller, { number, name: 'Arta Hoxha', language: 'en', email: `${number}@example.com`, phone, money: '500.00' }, randomUUID());
  await teller.must('PUT', `/api/backoffice/v1/customers/${number}`,
    { name: 'Arta Hoxha', language: 'en', email: `${number}@example.com`, phone, pushToken: `phone-of-${number}`, personalNumber: person });
  await sandbox('PUT', `/credit-registries/credit-registry/people/${person}`, {
    monthlyIncome: all('80000.00'), employedSince: '2024-01-15',
    obligations: [{ lender: 'Sandbox Leasing', kind: 'leasing', outstanding: all('900000.00'), monthlyInstalment: all('30000.00'), daysPastDue: 10 }],
  });
  const me = await Client.customer(bank, number);
  const id = randomUUID();
  const path = `/api/v1/card-applications/${id}`;
  const application = () => me.must('GET', `/api/v1/applications/${id}`);
  const becomes = (what, isSo) => until(application, isSo, what);
  await call(me, 'PUT', path, { cardType: 'classic' }, 200);
  await call(me, 'PUT', `${path}/settings`, { limit: all('200000.00'), statementPeriod: 'end_of_month', automaticPaymentShare: 25, internetPurchasesShare: 50 }, 200);
  await call(me, 'PUT', `${path}/personal-data`, { email: `${number}@example.com`, branch: '1101', residenceStatus: 'owner', maritalStatus: 'married', familyMembers: 3 }, 200);
  await call(me, 'PUT', `${path}/work`,
    { education: 'master', title: 'none', sector: 'education', profession: 'teacher', monthsInJob: 24, country: 'AL', city: 'tirana', address: 'Rruga e Elbasanit 1' }, 200);
  await call(me, 'POST', `${path}/submission`, { acceptedTerms: '2026-01', allowsCreditRegistry: true }, 200);
  await becomes('the review', (it) => it.status === 'in_review');

  chapter('The cards desk grants 60,000 ALL: one proposes, another agrees');
  const [first, second] = [await Client.staff(bank, 'cards-1', 'cards'), await Client.staff(bank, 'cards-2', 'cards')];
  const desk = `/api/backoffice/v1/applications/${id}`;
  const score = (await call(first, 'GET', desk, undefined, 200)).assessment.score;
  say(`   the score leaves it open: ${bold(score)}`);
  const proposal = await call(first, 'POST', `${desk}/decision-proposals`, { limit: all('60000.00'), reason: 'A loan elsewhere' }, 201);
  await call(first, 'PUT', `${desk}/decision-proposals/${proposal.id}/decision`, { decision: 'approve' }, 403, 'four_eyes_required');
  await call(second, 'PUT', `${desk}/decision-proposals/${proposal.id}/decision`, { decision: 'approve' }, 200);
  const approvals = await until(() => me.must('GET', '/api/v1/approvals?status=pending'), (found) => found.items.length === 1, 'the offer');
  await call(me, 'PUT', `/api/v1/approvals/${approvals.items[0].id}/document-decision`, { decision: 'approve', versionSeen: 1 }, 200);
  await becomes('the approval', (it) => it.status === 'approved');

  chapter('The contract is read, and the customer filmed');
  const contract = await call(me, 'GET', `${path}/contract`, undefined, 200);
  await call(me, 'PUT', `${path}/contract-confirmation`, { sha256: contract.sha256 }, 200);
  await call(me, 'PUT', `${path}/privacy-policy-reading`, { version: '2026-01' }, 200);
  const session = await call(me, 'POST', `${path}/identifications`, { documentType: 'identity_card' }, 200);
  await post(session.captureUrl, { outcome: 'verified', personalNumber: person, surname: 'Hoxha', givenNames: 'Arta', birthDate: '1985-01-02' });
  await becomes('the identification', (it) => it.nextAction === 'check_phone');
  const before = (await sms(phone)).length;
  await call(me, 'POST', `${path}/phone-checks`, { phone }, 201);
  const texts = await until(() => sms(phone), (found) => found.length > before, 'the code');
  await call(me, 'POST', `${path}/phone-checks/code`, { code: /\b\d{6}\b/.exec(texts[0])[0] }, 200);

  chapter('A qualified signature orders the card');
  const waiting = await becomes('the page to sign at', (it) => it.card.signUrl !== null);
  await post(waiting.card.signUrl, { outcome: 'signed' });
  await becomes('the order', (it) => it.status === 'issued');
  for (const step of ['produce', 'ready']) await sandbox('POST', `/processors/cards/card-orders/${id.replaceAll('-', '')}/steps`, { step });
  const ready = await becomes('the card', (it) => it.nextAction === 'collect');
  say(`   ${cyan('SMS')}  ${(await until(() => sms(phone), (found) => found.some((text) => text.includes(ready.card.maskedCard)), 'the notice'))[0]}`);
  await sandbox('POST', `/processors/cards/card-orders/${id.replaceAll('-', '')}/steps`, { step: 'collect' });
  const done = await becomes('the collection', (it) => it.card.cardStatus === 'collected');
  expect(done.approvedLimit.amount === '60000.00', `card ${done.card.maskedCard} of 60,000 ALL is in the customer's hand`);

  async function sms(to) {
    return (await sandbox('GET', '/inbox/messages?channel=sms')).messages.filter((message) => message.to === to).map((message) => message.text);
  }

  async function post(url, body) {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the partner's page answered ${answer.status}: ${await answer.text()}`);
  }
}

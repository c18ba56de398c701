// A small client of the bank's API for seeding and for the demo.
import { randomUUID } from 'node:crypto';

export class Client {
  constructor(bank, token, number) { this.bank = bank; this.token = token; this.number = number; }

  /** Signs in to the Internet Branch as anybody does: number, password, the code from the SMS. Who is no user yet registers first. */
  static async customer(bank, number) {
    const started = await login(bank, number);
    if (started.status < 300) return new Client(bank, await finish(bank, number, started.body), number);
    if (started.body.code !== 'invalid_credentials') throw new Error(`customer ${number} cannot sign in: ${JSON.stringify(started.body)}`);
    await register(bank, number);
    const again = await login(bank, number);
    if (again.status >= 300) throw new Error(`customer ${number} cannot sign in: ${JSON.stringify(again.body)}`);
    return new Client(bank, await finish(bank, number, again.body), number);
  }

  static async staff(bank, id, roles) {
    return new Client(bank, await token(bank, { staff: id, roles }));
  }

  /**
   * What has to be confirmed strongly is confirmed by the code that the bank sends by SMS, and sent again.
   * @returns {Promise<{status: number, body: any}>} whatever the status is; only a broken connection throws.
   */
  async send(method, path, body, { key = method === 'POST' ? randomUUID() : undefined, language = 'en' } = {}) {
    const answer = await this.sendOnce(method, path, body, key, language, {});
    if (!this.number || answer.body?.code !== 'confirmation_required') return answer;
    const { operation, challenge = body.quoteId } = answer.body;
    const sent = await this.must('POST', '/api/v1/confirmations', { operation, challenge }, { key: null });
    return this.sendOnce(method, path, body, key, language, {
      'strong-confirmation': `${sent.confirmationId}.${await codeOf(this.bank, this.number, sent)}`,
      ...(answer.body.challenge ? { 'confirmation-challenge': challenge } : {}),
    });
  }

  async sendOnce(method, path, body, key, language, headers) {
    const answer = await fetch(`${this.bank.url}${path}`, {
      method,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        'accept-language': language,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key ? { 'idempotency-key': key } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : null };
  }

  /** For steps that must work: anything but a 2xx ends the program with the answer. */
  async must(method, path, body, options) {
    const answer = await this.send(method, path, body, options);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

/** Of every demo customer. */
export const password = 'Vera2026x';

function login(bank, number) {
  return new Client(bank).send('POST', '/api/public/v1/login',
    { identifier: number, password, channel: 'web', installation: { id: `demo-browser-of-${number}`, name: 'Demo', type: 'web' } }, { key: null });
}

async function finish(bank, number, started) {
  const code = await codeOf(bank, number, started.code);
  const signedIn = await new Client(bank).must('POST', `/api/public/v1/login/${started.challengeId}/code`, { code }, { key: null });
  return signedIn.session.accessToken;
}

/** By the unique code that a branch gives a client who stands at the counter. */
async function register(bank, number) {
  const teller = await Client.staff(bank, 'teller-1', 'branch');
  const anybody = new Client(bank);
  await teller.must('PUT', `/api/backoffice/v1/customers/${number}/services-contract`, { signedOn: '2026-01-05', rights: 'payment' });
  const { uniqueCode } = await teller.must('POST', `/api/backoffice/v1/customers/${number}/unique-codes`, { branch: 'TIA-01', clientPresent: true });
  const { registrationId } = await anybody.must('POST', '/api/public/v1/registrations', { path: 'existing_client', termsAccepted: true });
  const step = (name, body) => anybody.must('POST', `/api/public/v1/registrations/${registrationId}/${name}`, body);
  await step('client', { identifier: number });
  const sent = await step('unique-code', { uniqueCode });
  await step('code', { code: await codeOf(bank, number, sent) });
  await step('password', { password });
}

/** The code of the newest SMS; the sandbox has it as soon as the bank has delivered it. */
async function codeOf(bank, number, sent) {
  const before = new Date(Date.parse(sent.expiresAt) - 121_000);
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await fetch(`${bank.sandbox}/inbox/messages?customer=${number}&channel=sms`);
    const found = (await answer.json()).messages.find((message) => /\b\d{6}\b/.test(message.text) && new Date(message.receivedAt) >= before);
    if (found && !used.has(found.id)) {
      used.add(found.id);
      return /\b\d{6}\b/.exec(found.text)[0];
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no code came for customer ${number}`);
}

const used = new Set();

async function token(bank, form) {
  const answer = await fetch(`${bank.sandbox}/issuer/token`, { method: 'POST', body: new URLSearchParams(form) });
  if (!answer.ok) throw new Error(`the token issuer answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()).access_token;
}

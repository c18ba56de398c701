// A small client of the bank's API for seeding and for the demo.
import { randomUUID } from 'node:crypto';

export class Client {
  constructor(bank, token) { this.bank = bank; this.token = token; }

  static async customer(bank, number, rights = 'payment') {
    return new Client(bank, await token(bank, { customer: number, rights }));
  }

  static async staff(bank, id, roles) {
    return new Client(bank, await token(bank, { staff: id, roles }));
  }

  /** @returns {Promise<{status: number, body: any}>} whatever the status is; only a broken connection throws. */
  async send(method, path, body, { key = method === 'POST' ? randomUUID() : undefined, language = 'en' } = {}) {
    const answer = await fetch(`${this.bank.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'accept-language': language,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key ? { 'idempotency-key': key } : {}),
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

async function token(bank, form) {
  const answer = await fetch(`${bank.sandbox}/issuer/token`, { method: 'POST', body: new URLSearchParams(form) });
  if (!answer.ok) throw new Error(`the token issuer answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()).access_token;
}

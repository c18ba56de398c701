// The back office's API. A refusal is thrown as its problem document.
import { token } from './signin.js';
import { language } from './words.js';

const base = document.documentElement.dataset.api;
const desk = `${base}/backoffice/v1/desk`;

export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.code = problem.code;
    this.faults = problem.errors ?? [];
  }
}

async function call(path, options = {}) {
  const answer = await fetch(path.startsWith('/') ? path : `${desk}/${path}`, {
    ...options, headers: { ...options.headers, Authorization: `Bearer ${token()}`, 'Accept-Language': language },
  });
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

export const queues = async () => (await call('queues')).json();

export const cases = async (queue, cursor) => (await call(`queues/${queue}/cases?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)).json();

export const file = async (queue, id) => (await call(`queues/${queue}/cases/${id}`)).json();

export const document_ = async (address) => (await call(`${base}${address.replace(/^\/api/, '')}`)).blob();

/** The key is the decision's own: sent again, it is the same decision. */
export const decide = async (queue, id, key, decision) => (await call(`queues/${queue}/cases/${id}/decisions`, {
  method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key }, body: JSON.stringify(decision),
})).json();

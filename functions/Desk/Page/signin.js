// The staff's directory signs people in: OpenID Connect, authorization code with PKCE (RFC 7636). The token lives as long as the tab.
const { issuer, client, scope } = document.documentElement.dataset;
const here = `${location.origin}${location.pathname}`;

export function token() {
  const kept = JSON.parse(sessionStorage.getItem('desk.token') ?? 'null');
  return kept && kept.until > Date.now() ? kept.text : null;
}

export function forget() {
  sessionStorage.removeItem('desk.token');
}

export async function start() {
  const verifier = random();
  const state = random();
  sessionStorage.setItem('desk.signin', JSON.stringify({ verifier, state, hash: location.hash }));
  const challenge = base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
  const { authorization_endpoint: page } = await discover();
  location.assign(`${page}?${new URLSearchParams({
    response_type: 'code', response_mode: 'fragment', client_id: client, redirect_uri: here, scope, state, code_challenge: challenge, code_challenge_method: 'S256',
  })}`);
}

/** Back from the directory, which answers in the fragment: no server reads it. False: this is no such return. Throws when it went wrong. */
export async function finish() {
  const query = new URLSearchParams(location.hash.slice(1));
  if (!query.has('state')) return false;
  const begun = JSON.parse(sessionStorage.getItem('desk.signin') ?? 'null');
  sessionStorage.removeItem('desk.signin');
  history.replaceState(null, '', `${location.pathname}${begun?.hash ?? ''}`);
  if (!begun || query.get('state') !== begun.state || !query.has('code')) throw new Error('signin');
  const { token_endpoint: address } = await discover();
  const answer = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', code: query.get('code'), redirect_uri: here, client_id: client, code_verifier: begun.verifier, scope }),
  });
  if (!answer.ok) throw new Error('signin');
  const given = await answer.json();
  sessionStorage.setItem('desk.token', JSON.stringify({ text: given.access_token, until: Date.now() + (given.expires_in - 10) * 1000 }));
  return true;
}

async function discover() {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!answer.ok) throw new Error('signin');
  return answer.json();
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

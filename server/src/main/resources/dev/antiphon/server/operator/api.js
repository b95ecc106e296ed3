/** Requests of the console; an ended login leads to the login page. */
let guard = '';

export class Refused extends Error {}

async function ask(path, options = {}) {
  const answer = await fetch(path, { cache: 'no-store', ...options });
  if (answer.status === 401) {
    location.assign('/login');
    return new Promise(() => {});
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Refused(body.error?.message ?? body.message ?? `The server answered ${answer.status}.`);
  }
  return body;
}

function post(path, body) {
  return ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Antiphon-Guard': guard },
    body: JSON.stringify(body),
  });
}

export async function session() {
  const known = await ask('/api/session');
  guard = known.guard;
  return known;
}

export const read = (path) => ask(`/api/${path}`);
export const order = (name, body) => post(`/api/controls/${name}`, body);
export const logout = () => post('/api/logout', {});

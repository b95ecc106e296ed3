// What the node's tool pool is doing, over all calls; asked for while the page is seen.
const byId = id => document.getElementById(id);
const EVERY_MS = 2000;
const BREAKERS = {closed: 'breaker closed', half_open: 'breaker half open: being tried', open: 'breaker open: not called'};
const COUNTS = {
  ok: 'ok', failed: 'failed', timed_out: 'timed out', rejected: 'rejected', cancelled: 'cancelled', cached: 'from the cache',
  joined: 'joined', replayed: 'told again', retried: 'retried', late: 'late',
};
const TROUBLES = ['failed', 'timed_out', 'rejected', 'late'];

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function places(told) {
  const waiting = told.waiting ? `, ${told.waiting} waiting` : '';
  return `${told.running}${told.may_run ? ` of ${told.may_run}` : ''} running${waiting}`;
}

function counts({counts: told, running}) {
  const line = element('span', 'counts', '');
  for (const [name, words] of Object.entries(COUNTS)) {
    if (told[name] > 0) {
      line.append(element('span', TROUBLES.includes(name) ? 'trouble' : '', `${told[name].toLocaleString('en')} ${words}`));
    }
  }
  if (!line.hasChildNodes()) {
    line.append(element('span', '', running ? 'none has ended yet' : 'not called yet'));
  }
  return line;
}

function tool(told) {
  const row = element('li', '', '');
  row.append(element('code', '', told.name), element('span', 'result', places(told)), counts(told));
  if (told.breaker !== 'none') {
    row.lastChild.append(element('span', told.breaker === 'closed' ? '' : 'trouble', BREAKERS[told.breaker] ?? told.breaker));
  }
  return row;
}

function effects(told) {
  const row = element('li', '', '');
  row.append(element('span', '', 'Effects of flows'), element('span', 'result', places(told)));
  return row;
}

function show(pool) {
  const rows = pool.tools.map(tool);
  if (pool.effects) {
    rows.push(effects(pool.effects));
  }
  byId('pool').replaceChildren(...rows);
  byId('pool-note').textContent = rows.length ? '' : 'This bot has no tool pool.';
}

async function ask(headers) {
  if (document.hidden) {
    return;
  }
  try {
    const answer = await fetch('/v1/tools', {headers});
    if (answer.ok) {
      show(await answer.json());
    } else {
      byId('pool-note').textContent = answer.status === 401 ? 'Shown to those who have a key.' : 'The server does not tell.';
    }
  } catch {
    byId('pool-note').textContent = 'The server does not answer.';
  }
}

/** Begins at once. */
export function watchTools(key) {
  const headers = key ? {Authorization: `Bearer ${key}`} : {};
  ask(headers);
  setInterval(() => ask(headers), EVERY_MS);
  document.addEventListener('visibilitychange', () => ask(headers));
}

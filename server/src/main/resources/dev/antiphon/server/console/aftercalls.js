// What is done when calls are over: counts of each task, and what was given up; asked for while the page is seen.
const byId = id => document.getElementById(id);
const EVERY_MS = 5000;
const key = new URLSearchParams(location.hash.slice(1)).get('key');
const headers = key ? {Authorization: `Bearer ${key}`} : {};

function row(task) {
  const made = document.createElement('li');
  const name = document.createElement('strong');
  name.textContent = task.name;
  made.append(name, ` ${task.done} done, ${task.retried} tried again, ${task.dead} dead`);
  return made;
}

function show(told) {
  byId('aftercalls').replaceChildren(...told.tasks.map(row));
  const dead = told.dead_letters;
  byId('aftercalls-note').textContent = dead === 0
    ? `${told.running} run, ${told.waiting} wait.`
    : `${told.running} run, ${told.waiting} wait. Dead letters: ${dead}; see antiphon after-call list.`;
  byId('aftercalls-card').hidden = false;
}

/** False when this server does not let this page see them. */
async function ask() {
  if (document.hidden) {
    return true;
  }
  try {
    const response = await fetch('/v1/after-call', {headers});
    if (!response.ok) {
      return false;
    }
    show(await response.json());
  } catch {
    // The service card tells that the server does not answer.
  }
  return true;
}

/** Begins at once; for servers with tasks after calls. */
export async function watchAfterCalls() {
  if (await ask()) {
    setInterval(ask, EVERY_MS);
    document.addEventListener('visibilitychange', ask);
  }
}

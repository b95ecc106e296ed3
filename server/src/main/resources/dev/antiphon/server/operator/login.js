import './theme.js';

const form = document.getElementById('login');
const field = document.getElementById('password');
const problem = document.getElementById('problem');

async function enter(password) {
  problem.hidden = true;
  try {
    const answer = await fetch('/api/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ password }),
    });
    if (answer.ok) {
      location.replace('/');
      return;
    }
    const body = await answer.json();
    problem.textContent = body.error.message;
  } catch {
    problem.textContent = 'The server does not answer. Is the program still running?';
  }
  problem.hidden = false;
  field.select();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  enter(field.value);
});

/* The printed link: what is behind the # is sent to no server, and leaves the address bar before it is used. */
function byLink() {
  if (location.hash.length > 1) {
    const password = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, '', '/login');
    enter(password);
  }
}

addEventListener('hashchange', byLink);
byLink();

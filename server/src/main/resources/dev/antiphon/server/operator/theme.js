/** Light, dark or as the system: kept in this browser. */
const KEY = 'antiphon-console-colours';

export function chosen() {
  return localStorage.getItem(KEY) ?? 'system';
}

export function apply(choice) {
  localStorage.setItem(KEY, choice);
  show();
}

export function show() {
  const choice = chosen();
  if (choice === 'system') {
    document.documentElement.removeAttribute('data-colours');
  } else {
    document.documentElement.dataset.colours = choice;
  }
  document.dispatchEvent(new Event('colours'));
}

/** A colour of the style sheet as the browser resolves it now, for the canvas. */
export function colour(name) {
  const probe = document.createElement('i');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
show();

/** Elements from data, and changing what is there into them without losing focus, open parts and scrolling. */

export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (key === 'figures') {
      node.figures = value;
    } else if (key === 'width') {
      node.style.width = value;
    } else {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== ''));
  return node;
}

/** Changes the children of `old` into `fresh`, keeping every element that can stay. */
export function morph(old, fresh) {
  const wanted = [...fresh];
  wanted.forEach((next, index) => {
    const there = old.childNodes[index];
    if (!there) {
      old.append(next);
    } else if (!alike(there, next)) {
      there.replaceWith(next);
    } else if (there.nodeType === Node.TEXT_NODE) {
      if (there.data !== next.data) {
        there.data = next.data;
      }
    } else {
      become(there, next);
    }
  });
  while (old.childNodes.length > wanted.length) {
    old.lastChild.remove();
  }
}

function alike(one, other) {
  return one.nodeName === other.nodeName && one.dataset?.key === other.dataset?.key;
}

function become(there, next) {
  for (const { name } of [...there.attributes]) {
    if (!next.hasAttribute(name) && name !== 'open' && name !== 'style') {
      there.removeAttribute(name);
    }
  }
  for (const { name, value } of [...next.attributes]) {
    if (name !== 'style' && there.getAttribute(name) !== value) {
      there.setAttribute(name, value);
    }
  }
  if (there.style.width !== next.style.width) {
    there.style.width = next.style.width;
  }
  if (next.figures === undefined) {
    morph(there, next.childNodes);
  } else {
    there.figures = next.figures;
  }
}

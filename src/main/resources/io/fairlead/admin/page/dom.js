// Making what is on the page, and changing only what differs. All text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
/** What was written to each element last, by the attribute's name ("" for the text): the page itself need not be read. */
const written = new WeakMap();

function differs(target, name, value) {
  let known = written.get(target);
  if (!known) written.set(target, (known = new Map()));
  if (known.get(name) === value) return false;
  known.set(name, value);
  return true;
}

function made(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

export function element(name, attributes = {}, ...children) {
  return made(document.createElement(name), attributes, children);
}

/** An element of SVG. */
export function drawn(name, attributes = {}, ...children) {
  return made(document.createElementNS(SVG, name), attributes, children);
}

/** Writes a text. */
export function write(target, text) {
  if (differs(target, "", text)) target.textContent = text;
}

/** Sets an attribute; null takes it away. */
export function mark(target, name, value) {
  if (!differs(target, name, value)) return;
  if (value === null) target.removeAttribute(name);
  else target.setAttribute(name, value);
}

/** Has a class, or has it not. */
export function classed(target, name, on) {
  if (differs(target, `.${name}`, on)) target.classList.toggle(name, on);
}

/** Keeps one child per key, in the order given, whatever came and went; what stays in its place is not touched. */
export function keep(parent, held, keys, make) {
  const wanted = new Set(keys);
  for (const [key, entry] of held) {
    if (!wanted.has(key)) {
      entry.root.remove();
      held.delete(key);
    }
  }
  let next = parent.firstElementChild;
  for (const key of keys) {
    if (!held.has(key)) held.set(key, make(key));
    const { root } = held.get(key);
    if (root === next) next = next.nextElementSibling;
    else parent.insertBefore(root, next);
  }
}

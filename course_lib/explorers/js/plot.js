// The pieces that all explorers share. Plain DOM and SVG: nothing is fetched, nothing is hidden in a framework.

// Make an element: html("button", { type: "button" }, "Next"). Children may be nodes or text.
export function html(name, attributes = {}, ...children) {
  return furnish(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return furnish(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function furnish(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// Put a node where the numbers say; where one of them is no number, there is nothing to see.
export function place(node, attributes) {
  const visible = Object.values(attributes).every(Number.isFinite);
  node.style.display = visible ? "" : "none";
  if (visible) for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
}

// Significant digits with a true minus sign: the same text as digits in figure.py.
export function digits(value, count) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  return value.toPrecision(count).replace("e+", "e").replaceAll("-", "−");
}

export function threeDigits(value) {
  return digits(value, 3);
}

// A number without digits that say nothing, 0.02 or 1e−5: the same text as brief in figure.py.
export function brief(value, count = 5) {
  if (!Number.isFinite(value)) return digits(value, count);
  const number = Number(value.toPrecision(count));
  const short = number === 0 || (Math.abs(number) >= 1e-3 && Math.abs(number) < 1e5);
  return (short ? String(number) : number.toExponential()).replace("e+", "e").replaceAll("-", "−");
}

export function fixed(value, decimals) {
  return value.toFixed(decimals).replace("-", "−");
}

// "a", "a and b", "a, b and c".
export function inWords(words) {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

// The kernel sends a numpy array as bytes; a copy is needed because Float64Array wants them aligned.
export function floats(view) {
  return new Float64Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// The same for an array in single precision.
export function narrowFloats(view) {
  return new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// JupyterLab takes arrows, letters and Enter for itself unless the focused element says this.
const KEEPS = "data-lm-suppress-shortcuts";
export function keepKeys(root) {
  for (const node of root.querySelectorAll("input, button, select, summary")) node.setAttribute(KEEPS, "true");
  if (!window.courseLetsShortcutsPass) {
    window.courseLetsShortcutsPass = true; // once for the page, whichever explorer comes first
    window.addEventListener("keydown", letShortcutPass, true);
  }
}

// What is pressed with Ctrl or Command is JupyterLab's all the same: a learner who answers a question and then
// saves means it. On its way down the event comes by here first, then by JupyterLab at the document.
function letShortcutPass(event) {
  const node = event.target.closest?.(`.course-explorer [${KEEPS}]`);
  if (!node || !(event.ctrlKey || event.metaKey)) return;
  node.removeAttribute(KEEPS);
  setTimeout(() => node.setAttribute(KEEPS, "true"));
}

// Run `act` when calls have stopped coming for `pause` ms. `waiting()` is true in between.
export function atRest(pause, act) {
  let timer = null;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = null; act(); }, pause);
  };
  later.waiting = () => timer !== null;
  later.cancel = () => clearTimeout(timer);
  return later;
}

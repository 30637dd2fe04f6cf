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

// Three significant digits with a true minus sign: the same text as three_digits in figure.py.
export function threeDigits(value) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  return value.toPrecision(3).replace("e+", "e").replaceAll("-", "−");
}

export function fixed(value, decimals) {
  return value.toFixed(decimals).replace("-", "−");
}

// The kernel sends a numpy array as bytes; a copy is needed because Float64Array wants them aligned.
export function floats(view) {
  return new Float64Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// JupyterLab takes arrows, letters and Enter for itself unless the focused element says this.
export function keepKeys(root) {
  for (const node of root.querySelectorAll("input, button, select, summary")) {
    node.setAttribute("data-lm-suppress-shortcuts", "true");
  }
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

function ticks(low, high, wanted) {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) found.push(k * step);
  return { found, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}


// Calm axes. Returns the <svg>, a clipped group to draw in, and the scales from data to pixels.
export function axes({ x, y, xLabel, yLabel, title, description }) {
  const [width, height, left, right, top, bottom] = [680, 330, 46, 112, 26, 44];
  const px = (value) => left + ((value - x[0]) / (x[1] - x[0])) * (width - left - right);
  const py = (value) => height - bottom - ((value - y[0]) / (y[1] - y[0])) * (height - top - bottom);
  const id = `course-${Math.random().toString(36).slice(2)}`; // ids must be unique in the whole page
  const root = svg("svg", {
    viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": `${id}-title ${id}-desc`,
    "data-x": x.join(" "), "data-y": y.join(" "),
    "data-frame": [px(x[0]), px(x[1]), py(y[0]), py(y[1])].join(" "),
  });
  root.append(svg("title", { id: `${id}-title` }, title), svg("desc", { id: `${id}-desc` }, description));
  root.append(svg("clipPath", { id: `${id}-clip` }, svg("rect", {
    x: left, y: top, width: width - left - right, height: height - top - bottom,
  })));
  const across = ticks(x[0], x[1], 8);
  for (const value of across.found) {
    root.append(svg("line", { class: "tick", x1: px(value), x2: px(value), y1: py(y[0]), y2: py(y[0]) + 5 }));
    root.append(svg("text", { class: "tick-label", x: px(value), y: height - bottom + 19, "text-anchor": "middle" },
      fixed(value, across.decimals)));
  }
  const up = ticks(y[0], y[1], 6);
  for (const value of up.found) {
    root.append(svg("line", { class: "grid", x1: left, x2: width - right, y1: py(value), y2: py(value) }));
    root.append(svg("text", { x: left - 8, y: py(value) + 4, "text-anchor": "end" }, fixed(value, up.decimals)));
  }
  root.append(
    svg("line", { class: "axis", x1: left, x2: width - right, y1: py(y[0]), y2: py(y[0]) }),
    svg("text", { x: (left + width - right) / 2, y: height - 5, "text-anchor": "middle" }, xLabel),
    svg("text", { x: left - 36, y: 13 }, yLabel),
  );
  const plot = root.appendChild(svg("g", { "clip-path": `url(#${id}-clip)` }));
  return { root, plot, px, py, right: width - right };
}

// One <path> through all finite points; a gap in the numbers is a gap in the curve.
export function curve(xs, ys, { px, py }, className) {
  let d = "";
  let pen = "M";
  xs.forEach((x, i) => {
    if (Number.isFinite(ys[i])) d += `${pen}${px(x).toFixed(1)} ${py(ys[i]).toFixed(1)}`;
    pen = Number.isFinite(ys[i]) ? "L" : "M";
  });
  return svg("path", { class: className, d });
}

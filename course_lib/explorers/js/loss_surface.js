import { html, svg, threeDigits, fixed, floats, keepKeys, atRest } from "./plot.js";
import { axes, trace, throughout } from "./axes.js";
import { shape, move } from "./marks.js";
import { grid } from "./grid.js";
import { sliderRow, liveTable, problemLine, linked } from "./controls.js";
import { heightMap, arrow } from "./heights.js";
import { numbers, listed, lowest, valley } from "./two_classes.js";

function render({ model, el }) {
  const { controls, count, levels, deepest, aside, arrow: arrowLength } = model.get("setting");
  const { low, high } = controls.z1;
  const { xs, index, nearest } = grid(controls.z1, count);
  const ys = grid(controls.y, Math.round(1 / controls.y.step) + 1);
  const losses = floats(model.get("losses"));
  // The losses of class 1 and of class 2 at position i of z₁ and j of z₂, as the kernel computed them.
  const both = (i, j) => [losses[i * count + j], losses[(count + i) * count + j]];
  const mixed = (y) => (i, j) => { const [a, b] = both(i, j); return y * a + (1 - y) * b; };

  const map = axes({
    x: [low, high], y: [low, high], size: [348, 356], sides: [46, 16], xTicks: wholeTicks(low, high), yTicks: wholeTicks(low, high),
    xLabel: "z₁ (logit of class 1)", yLabel: "z₂ (logit of class 2)", title: "The loss over the two logits, from above",
    description: "The stronger the colour, the larger the loss; the numbers on the lines say it in nats. An arrow at the "
      + "point is the gradient. The read-out below says its numbers.",
  });
  const showHeights = heightMap(map, { xs, levels, full: deepest, aside });
  const bottom = svg("line", { class: "valley" });
  const uphill = arrow("derivative");
  const here = shape(0, "point function");
  map.plot.append(bottom, uphill.node, here);

  const cut = axes({
    x: [2 * low, 2 * high], y: [-0.4, 12.4], size: [348, 356], sides: [46, 16], yTicks: [0, 2, 4, 6, 8, 10, 12].map((v) => [v, String(v)]),
    xLabel: "z₁ − z₂", yLabel: "loss (nats)", title: "A cut through the surface",
    description: "The loss over the difference of the two logits, with the tangent at the point.",
  });
  const profile = svg("path", { class: "curve function" });
  const tangent = svg("line", { class: "tangent" });
  const there = shape(0, "point function");
  cut.plot.append(profile, tangent, there);

  const readout = html("p", { class: "readout" });
  const verdict = html("p", { class: "verdict" });
  const table = liveTable();
  const rows = Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, sliderRow({
    ...control, onInput: (value) => state.set({ [name]: (name === "y" ? ys : { nearest }).nearest(value) }),
  })]));
  const state = linked(model, ["z1", "z2", "y"], draw, () => `${readout.textContent} ${verdict.textContent}`);

  let drawn = null;
  function draw({ z1, z2, y }) {
    if (drawn !== y) drawLabel(y);
    const { p, loss, gradient } = numbers(both(index(z1), index(z2)), y);
    const { px, py } = map;
    move(here, px(z1), py(z2));
    uphill.show(px(z1), py(z2), ...[px, py].map((scale, k) => scale(arrowLength * gradient[k]) - scale(0)));
    move(there, cut.px(z1 - z2), cut.py(loss));
    throughout(tangent, cut, z1 - z2, loss, gradient[0]);
    readout.replaceChildren(`p = ${listed(p)}, loss `, html("b", { class: "function" }, threeDigits(loss)),
      " nats, gradient p − y = ", html("b", { class: "derivative" }, listed(gradient)));
    Object.assign(readout.dataset, { p: p.join(" "), loss, gradient: gradient.join(" ") });
    const words = `loss ${threeDigits(loss)}, gradient ${listed(gradient)}`;
    rows.z1.show(z1, `z₁ = ${fixed(z1, 1)}, ${words}`);
    rows.z2.show(z2, `z₂ = ${fixed(z2, 1)}, ${words}`);
    rows.y.show(y, `y = ${fixed(y, 2)}, ${words}`);
    tabulate();
  }

  // The surface changes with the label only.
  function drawLabel(y) {
    const height = mixed(y);
    showHeights(height);
    profile.setAttribute("d", trace(xs.map((x) => 2 * x), xs.map((_, k) => height(k, count - 1 - k)), cut));
    throughout(bottom, map, valley(y), 0, 1);
    verdict.textContent = lowest(y);
    drawn = y;
  }

  const tabulate = atRest(300, () => {
    const { y } = state.now;
    const every = xs.flatMap((x, k) => (k % 5 === 0 ? [[x, numbers(both(k, count - 1 - k), y)]] : []));
    table.fill(`The loss over the difference of the logits, label y = ${fixed(y, 2)}`,
      ["z₁ − z₂", "p₁", "loss (nats)", "p₁ − y"], every.map(([x, { p, loss, gradient }]) => [fixed(2 * x, 0),
        ...[p[0], loss, gradient[0]].map(threeDigits)]));
  });

  // The point may also be dragged; a slider stands in for it wherever there is no pointer.
  const drag = (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.root.getScreenCTM().inverse());
    const along = (at, from, to) => nearest(low + ((at - from) / (to - from)) * (high - low));
    state.set({ z1: along(x, map.left, map.right), z2: along(y, map.bottom, map.top) });
  };
  map.root.addEventListener("pointerdown", (event) => { map.root.setPointerCapture(event.pointerId); drag(event); });
  map.root.addEventListener("pointermove", (event) => { if (map.root.hasPointerCapture(event.pointerId)) drag(event); });
  map.root.classList.add("draggable");

  el.classList.add("course-explorer", "course-loss-surface");
  el.append(html("p", { class: "title" }, "The cross-entropy of two classes over their logits"),
    html("div", { class: "panels" }, html("div", {}, map.root), html("div", {}, cut.root)),
    ...Object.values(rows).map(({ row }) => row), readout, verdict,
    html("p", { class: "note" }, `Drag the point, or use the sliders. The arrow is the gradient, drawn ${arrowLength} times as long: it points uphill.`),
    problemLine(model), table.node, state.spoken);
  keepKeys(el);
  const stop = state.start(el);
  return () => { tabulate.cancel(); stop(); };
}

function wholeTicks(low, high) {
  const found = [];
  for (let place = low; place <= high; place += 2) found.push([place, fixed(place, 0)]);
  return found;
}

export default { render };

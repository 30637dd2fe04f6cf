import { html, svg, threeDigits, fixed, floats, keepKeys, atRest } from "./plot.js";
import { axes, trace, throughout } from "./axes.js";
import { shape, move } from "./marks.js";
import { grid } from "./grid.js";
import { sliderRow, liveTable, problemLine, linked, button } from "./controls.js";
import { heightMap, arrow } from "./heights.js";
import { draggable } from "./drag.js";
import { numbers, listed, lowest, valley, apart } from "./two_classes.js";

function render({ model, el }) {
  const { controls, order, map: wide, count, levels, deepest, aside, arrow: arrowLength, near } = model.get("setting");
  const { low, high } = wide; // the map goes on beyond the sliders, so that the arrow fits on it
  const { xs, index } = grid(wide, count);
  const { low: least, high: most } = controls.z1;
  const { nearest } = grid(controls.z1, Math.round((most - least) / controls.z1.step) + 1);
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
  map.plot.append(bottom);
  map.root.append(uphill.node, here); // not clipped, also at the edge

  const cut = axes({
    x: [2 * least, 2 * most], y: [-0.4, 12.4], size: [348, 356], sides: [46, 16], yTicks: [0, 2, 4, 6, 8, 10, 12].map((v) => [v, String(v)]),
    xLabel: "z₁ − z₂", yLabel: "loss (nats)", title: "A cut through the surface",
    description: "The loss over the difference of the two logits, with the tangent at the point.",
  });
  const profile = svg("path", { class: "curve function" });
  const tangent = svg("line", { class: "tangent" });
  const there = shape(0, "point function");
  cut.plot.append(profile, tangent);
  cut.root.append(there);

  const readout = html("p", { class: "readout" });
  const verdict = html("p", { class: "verdict" });
  const table = liveTable();
  // Where the loss is lowest is for the learner to find: it is said when the point has come there, or on demand.
  let told = false;
  const tell = button("Say where the loss is lowest", () => { told = true; draw(state.now); });
  // A kernel that was restarted may send a dictionary in another order: `order` keeps the rows in theirs.
  const rows = Object.fromEntries(order.map((name) => [name, sliderRow({
    ...controls[name], onInput: (value) => state.set({ [name]: (name === "y" ? ys : { nearest }).nearest(value) }),
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
      " nats, gradient ", html("b", { class: "derivative" }, listed(gradient)));
    Object.assign(readout.dataset, { p: p.join(" "), loss, gradient: gradient.join(" ") });
    const words = `loss ${threeDigits(loss)}, gradient ${listed(gradient)}`;
    rows.z1.show(z1, `z₁ = ${fixed(z1, 1)}, ${words}`);
    rows.z2.show(z2, `z₂ = ${fixed(z2, 1)}, ${words}`);
    rows.y.show(y, `y = ${fixed(y, 2)}, ${words}`);
    told ||= apart(z1 - z2, y) <= near;
    throughout(bottom, map, told ? valley(y) : NaN, 0, 1);
    verdict.textContent = told ? lowest(y) : "";
    tell.disabled = told;
    tabulate();
  }

  // The surface changes with the label only.
  function drawLabel(y) {
    const height = mixed(y);
    showHeights(height);
    profile.setAttribute("d", trace(xs.map((x) => 2 * x), xs.map((_, k) => height(k, count - 1 - k)), cut));
    told = false;
    drawn = y;
  }

  const tabulate = atRest(300, () => {
    const { y } = state.now;
    const every = xs.flatMap((x, k) => (k % 5 === 0 && Math.abs(x) < most + 0.01
      ? [[x, numbers(both(k, count - 1 - k), y)]] : []));
    table.fill(`The loss over the difference of the logits, label y = ${fixed(y, 2)}`,
      ["z₁ − z₂", "p₁", "loss (nats)", "gradient (z₁)"], every.map(([x, { p, loss, gradient }]) => [fixed(2 * x, 0),
        ...[p[0], loss, gradient[0]].map(threeDigits)]));
  });

  // Both points may also be dragged; a slider stands in for them wherever there is no pointer.
  draggable(map, (x, y) => state.set({ z1: nearest(x), z2: nearest(y) }));
  let between = 0; // the two logits, as they were when the drag began
  draggable(cut, (x, _, begins) => {
    if (begins) between = (state.now.z1 + state.now.z2) / 2;
    const gap = Math.min(2 * most, Math.max(2 * least, x));
    const room = most - Math.abs(gap) / 2; // the point goes straight across the stripes, as far as the sliders allow
    const middle = Math.min(room, Math.max(-room, between));
    const first = nearest(middle + gap / 2);
    state.set({ z1: first, z2: nearest(first - gap) });
  });

  el.classList.add("course-explorer", "course-loss-surface");
  el.append(html("p", { class: "title" }, "The cross-entropy of two classes over their logits"),
    html("div", { class: "panels" }, html("div", {}, map.root), html("div", {}, cut.root)),
    ...order.map((name) => rows[name].row), readout, html("p", {}, tell), verdict,
    html("p", { class: "note" }, "p: the probabilities, softmax of z. Drag a point, or use the sliders. The arrow is the "
      + `gradient, drawn ${arrowLength} times as long: it points uphill.`),
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

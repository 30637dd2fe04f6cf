import { html, svg, place, fixed, brief, keepKeys, atRest } from "./plot.js";
import { axes, trace, throughout } from "./axes.js";
import { shape, move, lineSample, endLabels } from "./marks.js";
import { sliderRow, liveTable, problemLine, linked } from "./controls.js";
import { selectRow } from "./choices.js";
import { stepRow } from "./steps.js";
import { piecewise, verdict } from "./pieces.js";

function render({ model, el }) {
  const { functions, steps, low, high, step, reach, finest } = model.get("setting");
  const known = new Map(functions.map((given) => [given.name, piecewise(given, finest)]));

  const whole = html("div", {});
  const box = svg("rect", { class: "lens" });
  const here = shape(0, "point function");
  const near = axes({
    x: [-reach, reach], y: [-reach, reach], size: [348, 304], sides: [42, 72],
    xTicks: [[-3, "x − 3h"], [-1, "x − h"], [0, "x"], [1, "x + h"], [3, "x + 3h"]],
    yTicks: [[-2, "−2h"], [-1, "−h"], [0, "0"], [1, "h"], [2, "2h"]],
    xLabel: "", yLabel: "under the microscope: rise from f(x)", title: "the curve near x",
    description: "The part of the curve between x − 3h and x + 3h, with three straight lines: through the points at " +
      "x − h and x, at x and x + h, and at x − h and x + h. The read-out below says their slopes.",
  });
  const path = svg("path", { class: "curve function" });
  const lines = ["left", "right", "central"].map((side) => svg("line", { class: `difference ${side}` }));
  const points = [-1, 0, 1].map((t) => shape(0, t ? "point reference" : "point function"));
  near.plot.append(path, ...lines, ...points);
  const putLabels = endLabels(near, ["left", "right", "central"].map((text) => ({ text, className: "reference" })));

  const where = html("span", {});
  const [left, right, central] = ["left slope", "right slope", "central difference"].map((name, k) => {
    const number = html("b", { class: "reference" });
    const words = html("span", { },
      lineSample(`difference ${["left", "right", "central"][k]}`), ` ${name} `, number);
    return { words, number };
  });
  const readout = html("p", { class: "readout readings" }, where, left.words, right.words, central.words);
  const says = html("p", { class: "verdict" });
  const table = liveTable();

  const choice = selectRow({
    label: "Function", options: functions.map(({ name }) => [name, name]), onInput: (name) => state.set({ function: name }),
  });
  const xRow = sliderRow({
    label: "x", low, high, step, decimals: 1,
    onInput: (x) => state.set({ x: Math.round(x / step) / Math.round(1 / step) }),
  });
  const hRow = stepRow({ steps, onInput: (h) => state.set({ h }) });
  const state = linked(model, ["function", "x", "h"], draw, () => `${words()}. ${says.textContent}`);
  const words = () => [...readout.children].map((part) => part.textContent.trim()).join(", ");

  let shown = null;
  let frame = null;
  function drawWhole(name) {
    const f = known.get(name);
    frame = axes({
      x: [low, high], y: f.limits, size: [348, 304], sides: [46, 16], xLabel: "x (dimensionless)",
      yLabel: `value of ${name} (dimensionless)`, title: `${name} from x = ${low} to ${high}`,
      description: "The whole curve. A frame marks the part that is shown under the microscope.",
    });
    const xs = f.x.filter((x) => x >= low && x <= high);
    frame.plot.append(svg("path", { class: "curve function", d: trace(xs, xs.map(f.at), frame) }), box, here);
    whole.replaceChildren(frame.root);
    shown = name;
  }

  function draw({ function: name, x, h }) {
    const f = known.get(name);
    if (shown !== name) drawWhole(name);
    const { px, py } = frame;
    const [across, up] = [px(x + reach * h) - px(x - reach * h), py(f.at(x) - reach * h) - py(f.at(x) + reach * h)]
      .map((length) => Math.max(length, 22)); // smaller than this it could not be seen
    place(box, { x: px(x) - across / 2, y: py(f.at(x)) - up / 2, width: across, height: up });
    move(here, px(x), py(f.at(x)));

    const ts = f.around(x, h, reach);
    path.setAttribute("d", trace(ts, ts.map((t) => f.rise(x, t * h) / h), near));
    const slopes = f.slopes(x, h);
    throughout(lines[0], near, 0, 0, slopes.left);
    throughout(lines[1], near, 0, 0, slopes.right);
    throughout(lines[2], near, 1, slopes.right, slopes.central);
    [-slopes.left, 0, slopes.right].forEach((u, k) => move(points[k], near.px(k - 1), near.py(u)));
    putLabels([reach * slopes.left, reach * slopes.right, slopes.right + (reach - 1) * slopes.central]);

    where.textContent = `x = ${fixed(x, 1)}, h = ${brief(h)}`;
    left.number.textContent = brief(slopes.left);
    right.number.textContent = brief(slopes.right);
    central.number.textContent = brief(slopes.central);
    says.textContent = verdict(f, x, h);
    choice.show(name);
    xRow.show(x, `x = ${fixed(x, 1)}. ${says.textContent}`);
    hRow.show(h, words());
    tabulate();
  }
  const tabulate = atRest(300, () => {
    const { function: name, x } = state.now;
    const rows = steps.filter((h) => Math.abs(Math.log10(h) % 1) < 1e-9).reverse().map((h) => {
      const slopes = known.get(name).slopes(x, h);
      return [brief(h), brief(slopes.left), brief(slopes.right), brief(slopes.central)];
    });
    table.fill(`Slopes of ${name} at x = ${fixed(x, 1)}`, ["h", "left slope", "right slope", "central difference"], rows);
  });

  el.classList.add("course-explorer", "course-kink");
  el.append(html("p", { class: "title" }, "A curve under the microscope"), choice.row,
    html("p", { class: "note" }, "The smaller h, the closer the microscope looks: it always shows x − 3h to x + 3h."),
    html("div", { class: "panels" }, whole, html("div", {}, near.root)), hRow.row, xRow.row, readout, says,
    problemLine(model), table.node, state.spoken);
  keepKeys(el);
  const stop = state.start(el);
  return () => { tabulate.cancel(); stop(); };
}

export default { render };

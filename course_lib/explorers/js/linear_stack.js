import { html, threeDigits, keepKeys, atRest } from "./plot.js";
import { sliderRow, liveTable, linked, problemLine } from "./controls.js";
import { selectRow, tickBox } from "./choices.js";
import { rank, twoDecimals, equation } from "./matrix.js";
import { layers } from "./layers.js";
import { plane } from "./plane.js";

function render({ model, el }) {
  const setting = model.get("setting");
  const names = Object.keys(setting.controls);
  const state = linked(model, [...names, "hidden", "between", "fold"], draw, () => readout.textContent);
  const control = (make, name, rest) => [name, make({ ...rest, onInput: (value) => state.set({ [name]: value }) })];
  const controls = Object.fromEntries([
    ...names.map((name) => control(sliderRow, name, setting.controls[name])),
    control(selectRow, "hidden", { label: "hidden units", options: [["1", 1], ["2", 2], ["3", 3]] }),
    control(selectRow, "between", { label: "between the layers", options: setting.between }),
    control(tickBox, "fold", { label: "Fold: lay the one layer over the two (dashed)" }),
  ]);
  const [input, middle, output, single] = ["input", "middle", "output", "single"]
    .map((kind) => plane({ ...setting, kind }));
  const matrices = html("div", { class: "matrices" });
  const readout = html("p", { class: "readout" });
  const table = liveTable();
  let found = {};
  const settle = atRest(150, () => table.fill("The weights and biases", ["", "row", "entries"],
    Object.entries({ "W₁": found.W1, "b₁": [found.b1], "W₂": found.W2, "b₂": [found.b2], W: found.W, b: [found.b] })
      .flatMap(([name, rows]) => rows.map((row, i) => [name, String(i + 1), row.map(twoDecimals).join(", ")]))));

  function draw(now) {
    found = layers(now, setting);
    const called = setting.between.find(([, name]) => name === now.between)[0];
    const linear = now.between === "identity";
    for (const [name, { show }] of Object.entries(controls)) {
      show(now[name], names.includes(name) ? `${setting.controls[name].label}: ${twoDecimals(now[name])}` : "");
    }
    input.draw({ title: "input x", image: (x) => x, axes: ["x₁", "x₂"], words: "A square with the letter F" });
    middle.draw({ title: `layer 1: h = ${linear ? "x W₁ + b₁" : `${called}(x W₁ + b₁)`}`, image: found.inner,
      axes: ["h₁", "h₂", "h₃"].slice(0, now.hidden), words: "The square after layer 1" });
    output.draw({ title: "layer 2: y = h W₂ + b₂", image: found.two, over: now.fold ? found.one : null,
      axes: ["y₁", "y₂"], words: "The square after layer 2" });
    single.draw({ title: `${linear ? "one layer" : "best one layer"}: y = x W + b`, image: found.one,
      axes: ["y₁", "y₂"], words: "The square after one layer" });
    write(found, linear);
    readout.textContent = verdict(found, linear, called);
  }

  function write({ W1, b1, W2, b2, W, b, distance }, linear) {
    const lines = [[["W₁", W1], ["b₁", [b1]]], [["W₂", W2], ["b₂", [b2]]],
      [[linear ? "W = W₁ W₂" : "W", W], [linear ? "b = b₁ W₂ + b₂" : "b", [b]]]];
    matrices.replaceChildren(...lines.map((pair) => html("p", {}, ...pair.map((named) => equation(...named)))));
    Object.assign(matrices.dataset, { w: JSON.stringify(W), b: JSON.stringify(b), distance });
    settle();
  }

  function verdict({ W, distance }, linear, called) {
    if (distance >= setting.rounding) {
      return `With ${called} between the layers straight lines bend, and no single layer bends a line: the best one `
        + `(least squares) misses by up to ${threeDigits(distance)}.`;
    }
    const same = `One layer does the same: largest distance ${threeDigits(distance)}, which is rounding.`;
    if (!linear) return `${same} On this square ${called} bends nothing.`;
    const lands = ["everything lands on one point", "the plane collapses onto a line", "the plane stays a plane"];
    const r = rank(W, setting.rounding);
    return `${same} W has rank ${r}: ${lands[r]}.`;
  }

  const group = (number) => html("div", { role: "group", "aria-label": `Layer ${number}` },
    html("p", { class: "title" }, `Layer ${number}`),
    ...names.filter((name) => name.endsWith(number)).map((name) => controls[name].row));
  el.classList.add("course-explorer", "course-linear-stack");
  el.append(html("p", { class: "title" }, "Two layers, one after the other, and one layer instead"),
    html("div", { class: "planes" }, input.node, middle.node, output.node, matrices, single.node), readout,
    html("div", { class: "pair" }, group(1), group(2)),
    html("p", { class: "choices" }, ...["hidden", "between", "fold"].map((name) => controls[name].row)),
    problemLine(model), table.node, state.spoken);
  keepKeys(el);
  const end = state.start(el);
  return () => { settle.cancel(); end(); };
}

export default { render };

import { html, svg, place, threeDigits, fixed, floats, keepKeys } from "./plot.js";
import { axes, curve, throughout } from "./axes.js";
import { endLabels } from "./marks.js";
import { grid } from "./grid.js";
import { sliderRow, tableDisclosure, problemLine, linked } from "./controls.js";
import { questList } from "./quests.js";

function render({ model, el }) {
  const { name, low, high, step, decimals, limits, jumps, gaps, x_label: xLabel } = model.get("setting");
  const values = floats(model.get("values"));
  const slopes = floats(model.get("slopes"));
  const { xs, index, nearest, rows } = grid({ low, step, decimals }, values.length);

  const title = `${name}, its derivative, and the tangent at one point`;
  const frame = axes({
    x: [low, high], y: limits, xLabel, yLabel: "value and slope (dimensionless)", title,
    description: `Two curves over x: ${name} and its derivative. A line touches ${name} at the chosen x; ` +
      "its slope is the height of the derivative there. The read-out below says the numbers.",
  });
  const triangle = svg("path", { class: "triangle" });
  const link = svg("line", { class: "link" });
  const tangent = svg("line", { class: "tangent" });
  const point = svg("circle", { class: "point function", r: 6 });
  const slopePoint = svg("rect", { class: "point derivative", width: 11, height: 11 });
  frame.plot.append(triangle, link, curve(xs, slopes, frame, "curve derivative", jumps),
    curve(xs, values, frame, "curve function", gaps), tangent);
  frame.root.append(slopePoint, point);
  const labels = [{ text: name, className: "function" }, { text: "derivative", className: "derivative" }];
  endLabels(frame, labels)([values.at(-1), slopes.at(-1)]);

  const readout = html("p", { class: "readout" });
  const onInput = (wanted) => state.set({ x: nearest(wanted) });
  const slider = sliderRow({ label: "x", low, high, step, decimals, onInput });
  const state = linked(model, ["x"], draw, () => readout.textContent);

  // Every number shown here is one that the kernel computed: moving the slider only looks it up.
  function draw({ x }) {
    const [value, slope] = [values[index(x)], slopes[index(x)]];
    const { px, py } = frame;
    throughout(tangent, frame, x, value, slope);
    place(link, { x1: px(x), y1: py(value), x2: px(x), y2: py(slope) });
    const drawable = Number.isFinite(value + slope);
    triangle.setAttribute("d", drawable ? `M${px(x)} ${py(value)}H${px(x + 1)}V${py(value + slope)}Z` : "");
    place(point, { cx: px(x), cy: py(value) });
    place(slopePoint, { x: px(x) - 5.5, y: py(slope) - 5.5 });
    const at = `x = ${fixed(x, decimals)}`;
    readout.replaceChildren(`${at}, value `, html("b", { class: "function" }, threeDigits(value)),
      ", slope ", html("b", { class: "derivative" }, threeDigits(slope)));
    slider.show(x, `${at}, slope ${threeDigits(slope)}`);
  }

  el.classList.add("course-explorer", "course-tangent");
  el.append(html("p", { class: "title" }, title), frame.root, slider.row, readout,
    html("p", { class: "note" }, "The small triangle runs 1 to the right and rises by the slope."),
    problemLine(model), questList(model, () => ({ x: state.now.x, slope: slopes[index(state.now.x)] })),
    tableDisclosure(`${name} and its derivative`, ["x", name, "derivative"],
      rows((i) => [threeDigits(values[i]), threeDigits(slopes[i])])), state.spoken);
  keepKeys(el);
  return state.start(el);
}

export default { render };

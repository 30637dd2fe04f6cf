import { html, svg, threeDigits, fixed, floats, keepKeys, atRest, axes, curve } from "./plot.js";
import { sliderRow, tableDisclosure, announcer, problemLine } from "./controls.js";
import { questList } from "./quests.js";

function render({ model, el }) {
  const { name, low, high, step, decimals, limits, x_label: xLabel } = model.get("setting");
  const values = floats(model.get("values"));
  const slopes = floats(model.get("slopes"));
  const xs = Array.from(values, (_, i) => low + i * step);
  const index = (x) => Math.min(values.length - 1, Math.max(0, Math.round((x - low) / step)));

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
  frame.plot.append(triangle, link, curve(xs, slopes, frame, "curve derivative"),
    curve(xs, values, frame, "curve function"), tangent);
  frame.root.append(...endLabels(frame, name, values.at(-1), slopes.at(-1)), slopePoint, point);

  const readout = html("p", { class: "readout" });
  const { node: spoken, say } = announcer();
  const slider = sliderRow({ label: "x", low, high, step, decimals, onInput: move });
  let x = model.get("x");

  // Every number shown here is one that the kernel computed: moving the slider only looks it up.
  function draw() {
    const [value, slope] = [values[index(x)], slopes[index(x)]];
    const { px, py } = frame;
    place(tangent, px(low), py(value + slope * (low - x)), px(high), py(value + slope * (high - x)));
    place(link, px(x), py(value), px(x), py(slope));
    triangle.setAttribute("d", `M${px(x)} ${py(value)}H${px(x + 1)}V${py(value + slope)}Z`);
    furnishPoint(point, px(x), py(value), "c");
    furnishPoint(slopePoint, px(x) - 5.5, py(slope) - 5.5, "");
    const at = `x = ${fixed(x, decimals)}`;
    readout.replaceChildren(`${at}, value `, html("b", { class: "function" }, threeDigits(value)),
      ", slope ", html("b", { class: "derivative" }, threeDigits(slope)));
    slider.show(x, `${at}, slope ${threeDigits(slope)}`);
  }

  // The kernel hears of a movement when the hand rests; it is not needed for drawing.
  const tell = atRest(150, () => { model.set("x", x); model.save_changes(); });
  // A screen reader reads the slider itself while it has the focus; only other movements are announced.
  const announce = atRest(500, () => {
    if (document.activeElement !== slider.range) say(readout.textContent);
  });
  function move(wanted) {
    x = Number(xs[index(wanted)].toFixed(decimals));
    draw();
    tell();
    announce();
  }
  function follow() {
    // While the learner moves it, the latest position wins; and what is shown already would only disturb typing.
    if (tell.waiting() || model.get("x") === x) return;
    x = model.get("x");
    draw();
    announce();
  }
  model.on("change:x", follow);

  const every = Math.ceil((values.length - 1) / 16);
  const rows = xs.flatMap((at, i) => (i % every === 0
    ? [[fixed(at, decimals), threeDigits(values[i]), threeDigits(slopes[i])]] : []));
  el.classList.add("course-explorer", "course-tangent");
  el.append(html("p", { class: "title" }, title), frame.root, slider.row, readout,
    html("p", { class: "note" }, "The small triangle runs 1 to the right and rises by the slope."),
    problemLine(model), questList(model, () => ({ x, slope: slopes[index(x)] })),
    tableDisclosure(`${name} and its derivative`, ["x", name, "derivative"], rows), spoken);
  keepKeys(el);
  draw();
  return () => { tell.cancel(); announce.cancel(); model.off("change:x", follow); };
}

function place(line, x1, y1, x2, y2) {
  for (const [key, value] of Object.entries({ x1, y1, x2, y2 })) line.setAttribute(key, value);
}

function furnishPoint(node, x, y, prefix) {
  node.setAttribute(`${prefix}x`, x);
  node.setAttribute(`${prefix}y`, y);
}

// Each curve has its name where it ends; two names that would touch are moved apart.
function endLabels({ py, right }, name, lastValue, lastSlope) {
  const height = (value) => (Number.isFinite(value) ? Math.min(290, Math.max(32, py(value))) : 150);
  let [upper, lower] = [height(lastValue), height(lastSlope)];
  const overlap = 18 - Math.abs(upper - lower);
  if (overlap > 0) {
    const sign = upper <= lower ? 1 : -1;
    upper -= (sign * overlap) / 2;
    lower += (sign * overlap) / 2;
  }
  return [svg("text", { class: "label function", x: right + 10, y: upper + 4 }, name),
    svg("text", { class: "label derivative", x: right + 10, y: lower + 4 }, "derivative")];
}

export default { render };

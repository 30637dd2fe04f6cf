import { html, svg, place, threeDigits, fixed, floats, inWords, keepKeys } from "./plot.js";
import { axes, curve } from "./axes.js";
import { move, shape, lineSample, endLabels } from "./marks.js";
import { sliderRow, tableDisclosure, problemLine, linked } from "./controls.js";
import { tickBox } from "./choices.js";
import { grid } from "./grid.js";
import { questList } from "./quests.js";

const STYLES = ["first", "second", "third"];

function render({ model, el }) {
  const setting = model.get("setting");
  const { names, low, high, step, decimals } = setting;
  const values = rowsOf(floats(model.get("values")), names.length);
  const slopes = rowsOf(floats(model.get("slopes")), names.length);
  const { xs, index, nearest, rows } = grid({ low, step, decimals }, values[0].length);

  const all = inWords(names);
  const panel = (room, meaning, numbers, y, log, title, xLabel) => {
    const frame = axes({
      ...room, x: [low, high], y, log, xLabel, yLabel: `${meaning} (dimensionless)`, title,
      description: `One curve over x for each of ${all}, told apart by the kind of line and by the name at its end. ` +
        "A point on each curve marks the chosen x. The read-out below says the numbers.",
    });
    const colour = meaning === "value" ? "function" : "derivative";
    const line = svg("line", { class: "link" });
    frame.plot.append(line, ...numbers.map((row, k) => curve(xs, row, frame, `curve ${colour} ${STYLES[k]}`,
      (meaning === "slope" ? setting.jumps : setting.gaps)[k])));
    endLabels(frame, names.map((text, k) => ({ text, className: colour, line: STYLES[k] })))(
      numbers.map((row) => row.at(-1)));
    const points = names.map((_, k) => shape(k, `point ${colour}`));
    frame.root.append(...points);
    const mark = (x) => {
      place(line, { x1: frame.px(x), y1: frame.top, x2: frame.px(x), y2: frame.bottom });
      points.forEach((point, k) => move(point, frame.px(x), frame.py(numbers[k][index(x)])));
    };
    return { root: frame.root, mark };
  };
  const drawings = html("div", {});
  let [narrow, above, linear, logarithmic] = [null, null, null, null];
  function lay(isNarrow) { // shrunk to half its width, a wide drawing could not be read
    narrow = isNarrow;
    const room = narrow ? { size: [348, 220], sides: [46, 122] } : { size: [680, 236], sides: [50, 150] };
    const xLabel = narrow ? "x (dimensionless)" : "x (pre-activation, dimensionless)";
    above = panel(room, "value", values, setting.value_limits, "", `${all} over x`, "");
    linear = panel(room, "slope", slopes, setting.slope_limits, "", `the slopes of ${all} over x`, xLabel);
    logarithmic = panel(room, "slope", slopes, setting.log_limits, "y",
      `the slopes of ${all} over x, on a logarithmic axis`, xLabel);
    drawings.className = narrow ? "panels" : "";
    drawings.replaceChildren(above.root, linear.root, logarithmic.root);
  }
  lay(false);
  const fit = new ResizeObserver(() => {
    const isNarrow = el.clientWidth > 0 && el.clientWidth < 480;
    if (isNarrow !== narrow) { lay(isNarrow); draw(state.now); }
  });

  const readings = names.map((name, k) => {
    const [value, slope] = [html("b", { class: "function" }), html("b", { class: "derivative" })];
    const line = html("p", {}, lineSample(`curve ${STYLES[k]}`, shape(k, "point")),
      ` ${name}: value `, value, ", slope ", slope);
    return { line, value, slope };
  });
  const heading = html("p", {});
  const ratio = html("p", {});
  const readout = html("div", { class: "readout" }, heading, ...readings.map(({ line }) => line), ratio);
  const onInput = (wanted) => state.set({ x: nearest(wanted) });
  const slider = sliderRow({ label: "x", low, high, step, decimals, onInput });
  const tick = tickBox({ label: "slopes on a logarithmic axis", onInput: (log) => state.set({ log_slopes: log }) });
  const note = html("p", { class: "note" }, "On this axis each step up multiplies the slope by the same factor. " +
    "A slope that is 0 or negative has no place on it.");
  const state = linked(model, ["x", "log_slopes"], draw, () => [...readout.children].map((line) => line.textContent.trim()).join(". "));

  // Every number shown here is one that the kernel computed: moving the slider only looks it up.
  function draw({ x, log_slopes: log }) {
    const i = index(x);
    const here = slopes.map((row) => row[i]);
    for (const { mark } of [above, linear, logarithmic]) mark(x);
    linear.root.style.display = log ? "none" : "";
    logarithmic.root.style.display = log ? "" : "none";
    note.hidden = !log;
    readings.forEach(({ value, slope }, k) => {
      value.textContent = threeDigits(values[k][i]);
      slope.textContent = threeDigits(here[k]);
    });
    heading.textContent = `At x = ${fixed(x, decimals)}`;
    ratio.textContent = relation(names, here);
    slider.show(x, `x = ${fixed(x, decimals)}. ${ratio.textContent}`);
    tick.show(log);
  }

  const numbers = (i) => names.flatMap((_, k) => [threeDigits(values[k][i]), threeDigits(slopes[k][i])]);
  const head = ["x", ...names.flatMap((name) => [name, `slope of ${name}`])];
  el.classList.add("course-explorer", "course-compare");
  el.append(html("p", { class: "title" }, `${all}, and their slopes`), drawings,
    tick.row, note, slider.row, readout, problemLine(model),
    questList(model, () => ({ x: state.now.x, slope: slopes[0][index(state.now.x)] - slopes[1][index(state.now.x)] })),
    tableDisclosure(`${all}, and their slopes`, head, rows(numbers)), state.spoken);
  keepKeys(el);
  const stop = state.start(el);
  fit.observe(el);
  return () => { fit.disconnect(); stop(); };
}

function rowsOf(numbers, count) {
  const length = numbers.length / count;
  return Array.from({ length: count }, (_, k) => numbers.subarray(k * length, (k + 1) * length));
}

// How the slopes compare, in words: the steepest against each of the others.
function relation(names, slopes) {
  if (!slopes.every(Number.isFinite)) return "";
  const [first, ...others] = names.map((name, k) => ({ name, slope: Math.abs(slopes[k]) }))
    .sort((a, b) => b.slope - a.slope);
  if (first.slope === 0) return "All slopes are 0 here.";
  const parts = others.map(({ name, slope }) => {
    const times = threeDigits(first.slope / slope);
    return slope === 0 ? `steeper than ${name}, whose slope is 0`
      : times === "1.00" ? `as steep as ${name}` : `${times} times as steep as ${name}`;
  });
  return `Here ${first.name} is ${inWords(parts)}.`;
}

export default { render };

import { html, digits, fixed, brief, floats, keepKeys, atRest } from "./plot.js";
import { lineSample } from "./marks.js";
import { sliderRow, liveTable, problemLine, linked } from "./controls.js";
import { selectRow, tickBox } from "./choices.js";
import { stepRow } from "./steps.js";
import { grid } from "./grid.js";
import { chordPanel } from "./chord.js";
import { errorPanel, advice } from "./errors.js";

const RULES = ["forward", "central"];
const SIZE = [348, 330];

function render({ model, el }) {
  const setting = model.get("setting");
  const { name, low, fine, every, decimals, steps } = setting;
  const values = floats(model.get("values"));
  const places = floats(model.get("places"));
  const slopes = floats(model.get("slopes"));
  const differences = floats(model.get("differences"));
  const { index } = grid({ low, step: fine * every, decimals }, slopes.length);
  const secantSlope = (rule, i, k) => differences[(RULES.indexOf(rule) * slopes.length + i) * steps.length + k];

  // All that is known about one position of the controls, the kernel's own numbers.
  function numbers({ x, h, difference: rule }) {
    const [i, k] = [index(x), steps.indexOf(h)];
    const [value, slope, secant] = [values[i * every], slopes[i], secantSlope(rule, i, k)];
    const right = value + h * secantSlope("forward", i, k);
    const left = rule === "forward" ? value : right - 2 * h * secant;
    const errors = steps.map((_, n) => Math.abs(secantSlope(rule, i, n) - slope));
    const marks = setting.landmarks[RULES.indexOf(rule)][i]; // best step, error there, rounding?, truncation?
    return { i, k, value, slope, secant, right, left, errors, error: errors[k], marks };
  }

  const chord = chordPanel(setting, values, SIZE);
  const errors = errorPanel(setting, SIZE);
  const where = html("span", {});
  const [secantText, slopeText, errorText] = [html("b", { class: "reference" }), html("b", { class: "derivative" }), html("b", {})];
  const readout = html("p", { class: "readout readings" }, where,
    html("span", {}, lineSample("secant"), " secant slope ", secantText),
    html("span", {}, lineSample("tangent"), " slope ", slopeText), html("span", {}, "error ", errorText));
  const says = html("p", { class: "verdict" });
  const table = liveTable();

  const rules = selectRow({
    label: "Difference", onInput: (rule) => state.set({ difference: rule }),
    options: [["forward: through x and x + h", "forward"], ["central: through x − h and x + h", "central"]],
  });
  const tick = tickBox({ label: "magnify the part between the points", onInput: (on) => state.set({ magnified: on }) });
  const hRow = stepRow({ steps, onInput: (h) => state.set({ h }) });
  const xRow = sliderRow({
    label: "x", low, high: places.at(-1), step: fine * every, decimals,
    onInput: (x) => state.set({ x: places[index(x)] }),
  });
  const words = () => `${[...readout.children].map((part) => part.textContent.trim()).join(", ")}. ${says.textContent}`;
  const state = linked(model, ["x", "h", "difference", "magnified"], draw, words);

  function draw(now) {
    const found = numbers(now);
    chord.draw(now, found, model.get("magnifier"));
    errors.draw(found);
    const error = brief(found.error, 2);
    where.textContent = `x = ${fixed(now.x, decimals)}, h = ${brief(now.h)}`;
    secantText.textContent = digits(found.secant, 7);
    slopeText.textContent = digits(found.slope, 7);
    errorText.textContent = error;
    says.textContent = `${advice(now, found)}${chord.apart(now) ? "" : " The points are too close to be told apart: magnify."}`;
    rules.show(now.difference);
    tick.show(now.magnified);
    hRow.show(now.h, `h = ${brief(now.h)}, secant slope ${digits(found.secant, 7)}, error ${error}`);
    xRow.show(now.x, `x = ${fixed(now.x, decimals)}, slope ${digits(found.slope, 7)}, error ${error}`);
    tabulate();
  }
  const tabulate = atRest(300, () => {
    const { i, errors: all } = numbers(state.now);
    const rows = steps.map((h, k) => [brief(h), digits(secantSlope(state.now.difference, i, k), 7), brief(all[k], 2)])
      .filter((_, k) => k % 10 === 0).reverse();
    table.fill(`Secant slopes of ${name} at x = ${fixed(state.now.x, decimals)}`, ["h", "secant slope", "error"], rows);
  });
  const refresh = () => { if (state.now.magnified) draw(state.now); };
  model.on("change:magnifier", refresh);

  el.classList.add("course-explorer", "course-secant");
  el.append(html("p", { class: "title" }, `${name}: the secant, the tangent, and the error of the secant's slope`),
    html("p", { class: "choices" }, rules.row, tick.row),
    html("div", { class: "panels" }, chord.node, html("div", {}, errors.root)), hRow.row, xRow.row, readout, says,
    setting.exact ? "" : html("p", { class: "note" }, "The slope is itself an estimate here, good to about 1e−13: " +
      "smaller errors mean nothing."), problemLine(model), table.node, state.spoken);
  keepKeys(el);
  const stop = state.start(el);
  return () => { tabulate.cancel(); model.off("change:magnifier", refresh); stop(); };
}

export default { render };

import { html, threeDigits, fixed, brief, inWords, keepKeys, atRest } from "./plot.js";
import { sliderRow, liveTable, linked, problemLine, scrollable } from "./controls.js";

const low = (index) => "₁₂₃₄₅₆"[index];
// Three decimals, so that one sees how a row sums to 0; what they would hide is written with its power.
const cellText = (entry) => (Math.abs(entry) >= 5e-4 ? fixed(entry, 3) : brief(entry, 1));
const listed = (values) => `(${values.map(threeDigits).join(", ")})`;

// All numbers that are shown, as the formulas give them: the stable one, which subtracts the largest logit
// before it takes exponentials, and the naive one, which overflows.
function numbers({ logits, shift, temperature }) {
  const z = logits.map((logit) => logit + shift);
  const largest = Math.max(...z);
  const below = z.map((entry) => entry - largest);
  const [raised, naive] = [below, z].map((row) => row.map((entry) => Math.exp(entry / temperature)));
  const [s, naiveS] = [raised, naive].map((row) => {
    const sum = row.reduce((total, entry) => total + entry, 0);
    return row.map((entry) => entry / sum);
  });
  // 1 - S loses its digits where S is near 1: the sum of the others has them.
  const rest = s.map((_, i) => s.reduce((total, entry, k) => (k === i ? total : total + entry), 0));
  const jacobian = s.map((si, i) => s.map((sk, k) => (i === k ? si * rest[i] : -si * sk) / temperature));
  return { z, below, raised, naive, s, naiveS, jacobian };
}

function render({ model, el }) {
  const { logit, shift, temperature } = model.get("controls");
  const count = model.get("logits").length;
  const state = linked(model, ["logits", "shift", "temperature"], draw, () => readout.textContent);
  const rows = Array.from({ length: count }, (_, i) => logitRow(i));
  const shiftRow = sliderRow({ ...shift, onInput: (value) => state.set({ shift: value }) });
  const temperatureRow = sliderRow({ ...temperature, onInput: (value) => state.set({ temperature: value }) });
  const readout = html("p", { class: "readout" });
  const naiveLine = html("p", { class: "naive" });
  const map = heatMap(count);
  const table = liveTable();
  let found = {};
  const settle = atRest(150, () => table.fill("Softmax step by step", ["", "z + c", "exp((z + c)/T)",
    "S without the max trick", "z + c − max", "exp((z + c − max)/T)", "S"],
  found.s.map((_, i) => [String(i + 1), ...["z", "naive", "naiveS", "below", "raised", "s"]
    .map((name) => threeDigits(found[name][i]))])));

  function logitRow(i) {
    const set = (value) => state.set({ logits: state.now.logits.with(i, value) });
    const slider = sliderRow({ ...logit, label: `z${low(i)}`, onInput: set });
    const fill = html("span", { class: "fill" });
    const number = html("span", { class: "number" });
    slider.row.append(html("span", { class: "bar", "aria-hidden": "true" }, fill), number);
    slider.row.addEventListener("focusin", () => map.point(i));
    slider.row.addEventListener("focusout", () => map.point(-1));
    return { slider, fill, number };
  }

  function draw(now) {
    found = numbers(now);
    const { s, naive, naiveS, jacobian } = found;
    for (const [i, { slider, fill, number }] of rows.entries()) {
      fill.style.width = `${100 * s[i]}%`;
      fill.dataset.value = s[i];
      number.textContent = `S${low(i)} = ${threeDigits(s[i])}`;
      slider.show(now.logits[i], `z${low(i)} = ${fixed(now.logits[i], 2)}, S${low(i)} = ${threeDigits(s[i])}`);
    }
    shiftRow.show(now.shift, `c = ${fixed(now.shift, 0)}, S = ${listed(s)}`);
    temperatureRow.show(now.temperature, `T = ${threeDigits(now.temperature)}, S = ${listed(s)}`);
    const top = Math.max(...s);
    const first = inWords(s.flatMap((entry, i) => (entry === top ? [`S${low(i)}`] : [])));
    readout.replaceChildren("S = ", html("b", { class: "function" }, listed(s)), `, largest: ${first}`);
    const broken = naiveS.some(Number.isNaN);
    naiveLine.classList.toggle("broken", broken);
    naiveLine.textContent = `${broken ? "✗ " : ""}Without the max trick: exp((z + c)/T) is ${listed(naive)}; `
      + `divided by the sum, ${listed(naiveS)}.`;
    map.show(jacobian);
    settle();
  }

  el.classList.add("course-explorer", "course-softmax");
  el.append(html("p", { class: "title" }, "Logits z, and their probabilities S = softmax((z + c)/T)"),
    ...rows.map(({ slider }) => slider.row), shiftRow.row, temperatureRow.row, readout, naiveLine, map.node,
    problemLine(model), table.node, state.spoken);
  keepKeys(el);
  const end = state.start(el);
  return () => { settle.cancel(); end(); };
}

// The Jacobian as a table, so that everybody can read it: a cell's colour is as deep as its number is large,
// and negative ones are hatched. The depth is full from 1/4 on, the largest slope at temperature 1.
function heatMap(count) {
  const indices = Array.from({ length: count }, (_, i) => i);
  const heads = indices.map((k) => html("th", { scope: "col" }, `z${low(k)}`));
  const cells = indices.map(() => indices.map(() => html("td", {})));
  const sums = indices.map(() => html("td", { class: "sum" }));
  const row = (i) => html("tr", {}, html("th", { scope: "row" }, `S${low(i)}`), ...cells[i], sums[i]);
  const table = html("table", { class: "heat" },
    html("caption", {}, html("b", {}, "Jacobian"), " with ∂Sᵢ/∂zₖ in row i, column k; negative ones are hatched"),
    html("thead", {}, html("tr", {}, html("td", {}), ...heads, html("th", { scope: "col", class: "sum" }, "row sum"))),
    html("tbody", {}, ...indices.map(row)));
  const node = scrollable("Jacobian", table);
  const show = (jacobian) => jacobian.forEach((entries, i) => {
    entries.forEach((entry, k) => {
      const cell = cells[i][k];
      cell.textContent = cellText(entry);
      cell.dataset.value = entry;
      cell.classList.toggle("negative", entry < 0);
      cell.style.setProperty("--depth", `${50 * Math.sqrt(Math.min(1, 4 * Math.abs(entry)))}%`);
    });
    // 0 up to rounding, which would write a minus now and then.
    sums[i].textContent = fixed(Math.abs(entries.reduce((total, entry) => total + entry, 0)), 3);
  });
  // The column of the logit that is being moved is what changes the bars.
  const point = (column) => [heads, ...cells].forEach((line) => line.forEach((cell, k) => {
    cell.classList.toggle("moved", k === column);
  }));
  return { node, show, point };
}

export default { render };

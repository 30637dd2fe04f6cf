// What is known about the functions that are drawn, and the table of the activations that have no curve.
import { html, inWords } from "./plot.js";
import { button, tableDisclosure } from "./controls.js";
import { lineSample, shape } from "./marks.js";
import { STYLES } from "./overlay.js";

// One card. `fill(sentences)` says what depends on parameters: the kinks and jumps.
export function card({ name, card: known, ...properties }, k, filters, remove) {
  const breaks = html("div", {});
  const away = button("Take away", remove);
  away.setAttribute("aria-label", `Take away ${name}`);
  const having = (wanted) => filters.filter(([property]) => properties[property] === wanted).map(([, label]) => label);
  const [is, not] = [inWords(having(true)), inWords(having(false)).replace(" and ", " or ")];
  const character = `${known.atDefaults ? "it" : "It"} is ${[is, not && `not ${not}`].filter(Boolean).join(", but ")}`;
  const learnt = known.learnt.length ? ` Learnable: ${inWords(known.learnt)}.` : "";
  const node = html("section", { class: "card", "aria-label": name },
    html("p", { class: "title" }, lineSample(`curve ${STYLES[k]}`, shape(k, "point")), ` ${name} `, away),
    formula(known.formula), ...known.slopes.map((slope) => formula(slope)),
    html("p", {}, known.atDefaults ? `${known.atDefaults}values ${known.range}; ${character}.${learnt}` : `Values ${known.range}. ${character}.${learnt}`),
    breaks, html("p", {}, known.output),
    html("p", { class: "note" }, known.reference, known.lesson ? " " : "", known.lesson ? link(known.lesson) : ""));
  let told = null;
  const fill = (sentences) => {
    if (sentences === told) return;
    told = sentences;
    breaks.replaceChildren(...sentences.map((sentence) => html("p", {}, sentence)));
  };
  return { node, fill };
}

// The eye gets the formula, the ear its reading.
function formula({ mathml, spoken, where, names = [] }, before = "") {
  const seen = html("span", { "aria-hidden": "true" });
  seen.innerHTML = mathml;
  const condition = where ? ` where ${where}` : "";
  return html("div", { class: "formula" }, before, seen, html("span", { class: "only-spoken" }, spoken), condition,
    ...names.map((name) => formula(name, "with ")));
}

function link(lesson) {
  return html("a", { href: `${lesson}.ipynb`, target: "_blank", rel: "noopener" }, `Derived in lesson ${lesson.slice(0, 2)}`);
}

export function vectorTable(rows) {
  const node = tableDisclosure("Activations of whole vectors", ["name", "what it does", "introduced by"], rows,
    `Activations of whole vectors: ${rows.length}, which have no curve`);
  node.classList.add("vectors");
  return node;
}

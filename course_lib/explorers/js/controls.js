// What a learner touches or opens beside a picture. Every control is a native one.
import { html, atRest, keepKeys } from "./plot.js";

// A range input with a number box beside it. `onInput` gets the value at every movement;
// `show(value, text)` puts both controls to a value, `text` being what a screen reader says for it.
// A logarithmic slider moves through the exponents, so that each press multiplies by the same factor.
export function sliderRow({ label, low, high, step, decimals, log = false, onInput }) {
  const inward = log ? Math.log10 : Number;
  const outward = log ? (t) => 10 ** t : Number;
  const range = html("input", { type: "range", min: inward(low), max: inward(high), step, "aria-label": label });
  const box = html("input", {
    type: "number", min: low, max: high, step: log ? "any" : step, "aria-label": `${label}, as a number`,
    class: log ? "no-spinner" : "",
  });
  const few = (value) => Number(value.toPrecision(3));
  const write = (value) => (!log ? value.toFixed(decimals)
    : value < 1e-3 ? few(value).toExponential() : String(few(value)));
  range.addEventListener("input", () => onInput(outward(range.value)));
  let shown = null;
  const typed = () => {
    shown = null; // now the box is to say what the number has become
    const number = box.value === "" ? outward(range.value) : Number(box.value);
    const inside = Math.min(high, Math.max(low, number));
    range.value = inward(inside); // the range input rounds to its own steps, which are coarse when logarithmic
    onInput(log ? inside : outward(range.value));
  };
  box.addEventListener("change", typed);
  // JupyterLab stops what a browser does by itself when Enter is pressed in a box.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") typed();
    if (!log || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault(); // the box would add 1, which is too much for 1e-5: move like the slider instead
    if (event.key === "ArrowUp") range.stepUp(); else range.stepDown();
    onInput(outward(range.value));
  });
  const show = (value, text) => {
    range.value = inward(value);
    range.setAttribute("aria-valuetext", text);
    const typing = document.activeElement === box && value === shown; // and nothing new to say
    if (!typing && box.value !== write(value)) box.value = write(value);
    shown = value;
  };
  return { row: html("div", { class: "slider-row" }, html("span", { "aria-hidden": "true" }, label), range, box),
    range, show };
}

// The same numbers as the picture, for who cannot see it: one click away.
export function tableDisclosure(caption, head, rows, summary = "Numbers as a table") {
  const cells = (row) => row.map((text, i) => (i === 0 ? html("th", { scope: "row" }, text) : html("td", {}, text)));
  return html("details", {},
    html("summary", {}, summary),
    html("table", {},
      html("caption", { class: "only-spoken" }, caption),
      html("thead", {}, html("tr", {}, ...head.map((text) => html("th", { scope: "col" }, text)))),
      html("tbody", {}, ...rows.map((row) => html("tr", {}, ...cells(row))))));
}

// A sentence that only a screen reader says. It waits until the learner rests, so that it does not chatter.
export function announcer() {
  const node = html("p", { class: "only-spoken", role: "status" });
  return { node, say: (text) => { if (node.textContent !== text) node.textContent = text; } };
}

// A table whose numbers change with the picture; whether it is open or has the focus is the reader's own affair.
export function liveTable() {
  const node = html("div", {});
  const fill = (...content) => {
    const news = tableDisclosure(...content);
    const shown = node.querySelector("table");
    if (shown) shown.replaceWith(news.querySelector("table"));
    else node.append(news);
    keepKeys(node);
  };
  return { node, fill };
}

// State that belongs to the page and to the kernel. `state.set` draws at once; the kernel hears of it when the hand
// rests, for it is not needed for drawing. `draw` gets the state; `words()` are said when no slider says them itself.
export function linked(model, names, draw, words) {
  const { node: spoken, say } = announcer();
  const now = Object.fromEntries(names.map((name) => [name, model.get(name)]));
  let untold = {};
  const tell = atRest(150, () => { model.set(untold); untold = {}; model.save_changes(); });
  let root = spoken;
  // A screen reader reads a slider itself while it has the focus; only other movements are announced.
  const announce = atRest(500, () => {
    if (!root.contains(document.activeElement) || document.activeElement.type !== "range") say(words());
  });
  const show = (changes) => {
    Object.assign(now, changes);
    draw(now);
    announce();
  };
  const set = (changes) => { Object.assign(untold, changes); show(changes); tell(); };
  // While the learner moves something, the latest position wins; and what is shown already would disturb typing.
  const follow = () => {
    const news = names.filter((name) => !(name in untold) && model.get(name) !== now[name]);
    if (news.length) show(Object.fromEntries(news.map((name) => [name, model.get(name)])));
  };
  const events = names.map((name) => `change:${name}`).join(" ");
  const start = (el) => {
    root = el;
    model.on(events, follow);
    draw(now);
    return () => { tell.cancel(); announce.cancel(); model.off(events, follow); };
  };
  return { now, set, start, spoken };
}

// The one sentence that the kernel sends when the code behind an explorer failed.
export function problemLine(model) {
  const line = html("p", { class: "problem", role: "alert" });
  const show = () => { line.textContent = model.get("problem"); line.hidden = !line.textContent; };
  model.on("change:problem", show);
  show();
  return line;
}

// Where there is little room, what is wide scrolls, with the keys as well, so that its letters stay readable.
export function scrollable(label, wide) {
  return html("div", { class: "scroll", role: "group", "aria-label": label, tabindex: "0",
    "data-lm-suppress-shortcuts": "true" }, wide);
}

export function button(text, act) {
  const node = html("button", { type: "button" }, text);
  node.addEventListener("click", act);
  return node;
}

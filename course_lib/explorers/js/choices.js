// Lists and boxes to tick: what is chosen and not slid.
import { html } from "./plot.js";

// `options` are pairs of what is read and its value; `onInput` gets the value that was chosen.
export function selectRow({ label, options, onInput }) {
  const list = html("select", {}, ...options.map(([text]) => html("option", {}, text)));
  list.addEventListener("change", () => onInput(options[list.selectedIndex][1]));
  const show = (value) => { list.selectedIndex = options.findIndex(([, option]) => option === value); };
  return { row: html("label", { class: "choice" }, `${label} `, list), show };
}

export function tickBox({ label, onInput }) {
  const box = html("input", { type: "checkbox" });
  box.addEventListener("change", () => onInput(box.checked));
  return { row: html("label", { class: "choice" }, box, ` ${label}`), show: (value) => { box.checked = value; } };
}

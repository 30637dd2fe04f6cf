// The list of all functions: four filters, and a button with a small picture for each function that they leave.
import { html, svg, inWords } from "./plot.js";
import { selectRow } from "./choices.js";
import { eachPoint } from "./strokes.js";

const ANSWERS = [["any", null], ["yes", true], ["no", false]];
const WIDTH = 44;
const HEIGHT = 30;

// `onFilter` gets all filters, `onChoose` the name of the function whose button was pressed.
export function specimens({ functions, filters, curves, onFilter, onChoose }) {
  const rows = filters.map(([name, label]) => selectRow({
    label, options: ANSWERS, onInput: (wanted) => onFilter({ ...present, [name]: wanted }),
  }));
  rows.forEach(({ row }, k) => { row.title = `${filters[k][1]}: ${filters[k][2]}`; });
  const meanings = html("details", { class: "meanings" }, html("summary", {}, "What the words of the filters mean"),
    html("ul", {}, ...filters.map(([, label, meaning]) => html("li", {}, html("b", {}, label), `: ${meaning}`))));
  const away = html("p", { class: "note" });
  let present = {};
  const count = html("p", { class: "note", role: "status" });
  const buttons = functions.map(({ name, does }, k) => {
    const node = html("button", { type: "button", "aria-pressed": "false", tabindex: "-1", title: does },
      thumbnail(curves[k]), html("span", {}, ...breakable(name)));
    node.addEventListener("click", () => onChoose(name));
    return node;
  });
  // One stop for the Tab key: the arrow keys go from function to function.
  const list = html("div", { class: "specimens", role: "toolbar", "aria-label": "Functions; arrow keys move between them" }, ...buttons);
  const visible = () => buttons.filter((node) => !node.hidden);
  const goTo = (node) => {
    for (const other of buttons) other.tabIndex = other === node ? 0 : -1;
    node.focus();
  };
  list.addEventListener("keydown", (event) => {
    const [here, all] = [visible().indexOf(document.activeElement), visible()];
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    goTo(all[(to + all.length) % all.length]);
  });

  function show(wanted, chosen) {
    present = wanted;
    rows.forEach((row, k) => row.show(wanted[filters[k][0]] ?? null));
    functions.forEach((f, k) => {
      buttons[k].hidden = !passes(f, wanted);
      buttons[k].setAttribute("aria-pressed", chosen.includes(f.name));
    });
    const left = visible();
    if (!left.some((node) => node.tabIndex === 0)) {
      for (const node of buttons) node.tabIndex = -1;
      if (left.length) left[0].tabIndex = 0;
    }
    const words = left.length ? `${left.length} of ${functions.length} functions` : empty(wanted);
    if (count.textContent !== words) count.textContent = words;
    list.hidden = !left.length;
    const gone = functions.filter((f, k) => chosen.includes(f.name) && buttons[k].hidden).map(({ name }) => name);
    away.textContent = gone.length ? `Still drawn, though the filters hide ${gone.length > 1 ? "them" : "it"} here: ${inWords(gone)}.` : "";
    away.hidden = !gone.length;
    return words;
  }

  // Nothing is left: which filter to loosen, and how many functions that would give back.
  function empty(wanted) {
    const set = filters.filter(([name]) => (wanted[name] ?? null) !== null);
    const said = (name, label) => (wanted[name] ? label : `not ${label}`);
    const all = inWords(set.map(([name, label]) => said(name, label)));
    const back = set.map(([name, label]) => [label, functions.filter((f) => passes(f, { ...wanted, [name]: null })).length])
      .filter(([, number]) => number > 0).sort((a, b) => b[1] - a[1])
      .map(([label, number]) => `“${label}” to any (gives ${number})`);
    return `No function here is ${all}. ` + (back.length ? `Set ${back.join(" or ")}.` : "Set two of the filters to any.");
  }
  return { node: html("div", {}, meanings, html("div", { class: "filters" }, ...rows.map(({ row }) => row)), count, list, away), show };
}

function passes(f, wanted) {
  return Object.entries(wanted).every(([name, value]) => value === null || f[name] === value);
}

// A long name may be broken behind an underscore.
function breakable(name) {
  return name.split(/(?<=_)/).flatMap((part, k) => (k ? [html("wbr"), part] : [part]));
}

// The curve from -4 to 4 in a square of the same ends, so that the small pictures can be compared.
function thumbnail(curve) {
  let [d, pen, last] = ["", "M", NaN];
  eachPoint(curve, "values", (x, y, i, j) => {
    if (Math.abs(x) > 4 || Math.abs(y) > 6) { pen = "M"; return; }
    if (j === 0 && Math.abs(y - last) > 1e-3) pen = "M";
    last = y;
    if (j % 4 && j !== curve.values[i].length - 1) return;
    d += `${pen}${(WIDTH * (x + 4) / 8).toFixed(1)} ${(HEIGHT * (4 - y) / 6).toFixed(1)}`;
    pen = "L";
  });
  const middle = HEIGHT * 4 / 6;
  return svg("svg", { class: "thumbnail", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    svg("path", { class: "cross", d: `M0 ${middle}H${WIDTH}M${WIDTH / 2} 0V${HEIGHT}` }), svg("path", { class: "curve", d }));
}

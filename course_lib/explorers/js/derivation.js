import { html, keepKeys } from "./plot.js";
import { announcer, button, problemLine } from "./controls.js";
import { nextLine } from "./nextline.js";

function render({ model, el }) {
  const derivations = model.get("derivations");
  const current = () => derivations.find((d) => d.key === model.get("key"));
  const choice = html("select", { "aria-label": "Derivation" },
    ...derivations.map((d) => html("option", { value: d.key }, d.title)));
  const goal = html("p", { class: "note" });
  const list = html("ol", { class: "derivation" });
  const guess = nextLine(model, () => go(model.get("shown") + 1));
  const { node: spoken, say } = announcer();
  const previous = button("Previous", () => go(model.get("shown") - 1));
  const next = button("Next", () => go(model.get("shown") + 1));
  const all = button("Show all", () => go(current().lines.length));

  // `shown` and `verdict` are the whole state: the page is always made from them, whoever changed them.
  function go(shown) {
    model.set({ shown, verdict: {} });
    model.save_changes();
    const line = current().lines[shown - 1];
    say([`Line ${shown}`, line.rule, line.spoken].filter(Boolean).join(": "));
  }
  choice.addEventListener("change", () => {
    model.set({ key: choice.value, shown: 1, verdict: {} });
    model.save_changes();
  });

  function show() {
    const derivation = current();
    const shown = model.get("shown");
    const count = derivation.lines.length;
    choice.value = derivation.key;
    goal.textContent = derivation.goal;
    list.replaceChildren(...derivation.lines.slice(0, shown).map(lineItem));
    previous.disabled = shown <= 1;
    next.disabled = all.disabled = shown >= count;
    if (guess.ask(derivation, shown).lostFocus) previous.focus();
  }

  el.classList.add("course-explorer", "course-derivation");
  el.append(derivations.length > 1 ? html("p", {}, "Derivation ", choice) : "", goal, list, guess.row, guess.feedback,
    html("p", { class: "buttons" }, previous, next, all), problemLine(model), spoken);
  keepKeys(el);
  model.on("change:key change:shown", show);
  model.on("change:verdict", guess.answer);
  show();
  guess.answer();
  const unwatch = watchWidth(list);
  return () => {
    unwatch();
    guess.stop();
    model.off("change:key change:shown", show);
    model.off("change:verdict", guess.answer);
  };
}

// A line that is wider than the page can be scrolled, by keyboard too; only then it takes part in the tab order.
function watchWidth(list) {
  const observer = new ResizeObserver(() => {
    for (const line of list.querySelectorAll(".scroll")) {
      const wide = line.scrollWidth > line.clientWidth;
      for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "formula, to be scrolled"]]) {
        if (wide) line.setAttribute(name, value);
        else line.removeAttribute(name);
      }
    }
  });
  observer.observe(list); // its height changes with each line that is revealed
  return () => observer.disconnect();
}

// The eye gets the formula, the ear its reading: the kernel made both from the line that was proven.
function lineItem(line, i) {
  const formula = html("div", { class: "formula", "aria-hidden": "true" });
  formula.innerHTML = (i === 0 ? "" : "= ") + line.mathml;
  const why = html("div", { class: "why" }, line.rule ? html("b", {}, line.rule) : "", ` ${line.reason}`);
  line.where.forEach(({ mathml, spoken }, n) => {
    const math = html("span", { "aria-hidden": "true" });
    math.innerHTML = mathml;
    const name = html("span", { class: "where" }, math, html("span", { class: "only-spoken" }, spoken));
    why.append(n === 0 ? " with " : ", ", name);
  });
  const scroll = html("div", { class: "scroll", "data-lm-suppress-shortcuts": "true" },
    formula, html("span", { class: "only-spoken" }, line.spoken));
  return html("li", {}, scroll, why);
}

export default { render };

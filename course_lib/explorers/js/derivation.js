import { html, keepKeys } from "./plot.js";
import { announcer, button, problemLine } from "./controls.js";

function render({ model, el }) {
  const derivations = model.get("derivations");
  const current = () => derivations.find((d) => d.key === model.get("key"));
  const choice = html("select", { "aria-label": "Derivation" },
    ...derivations.map((d) => html("option", { value: d.key }, d.title)));
  const goal = html("p", { class: "note" });
  const list = html("ol", { class: "derivation" });
  const guess = guessing(() => {
    go(model.get("shown") + 1);
    if (guess.row.hidden) previous.focus(); // the button that was pressed is gone with the last question
  });
  const { node: spoken, say } = announcer();
  const previous = button("Previous", () => go(model.get("shown") - 1));
  const next = button("Next", () => go(model.get("shown") + 1));
  const all = button("Show all", () => go(current().lines.length));

  // `shown` is the whole state: the page is always made from it, whoever changed it.
  function go(shown) {
    model.set("shown", shown);
    model.save_changes();
    const line = current().lines[shown - 1];
    say([`Line ${shown}`, line.rule, line.spoken].filter(Boolean).join(": "));
  }
  choice.addEventListener("change", () => {
    model.set({ key: choice.value, shown: 1 });
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
    guess.ask(derivation, shown);
  }

  el.classList.add("course-explorer", "course-derivation");
  el.append(derivations.length > 1 ? html("p", {}, "Derivation ", choice) : "", goal, list, guess.row, guess.feedback,
    html("p", { class: "buttons" }, previous, next, all), problemLine(model), spoken);
  keepKeys(el);
  model.on("change:key change:shown", show);
  show();
  return () => model.off("change:key change:shown", show);
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
  return html("li", {}, formula, html("span", { class: "only-spoken" }, line.spoken), why);
}

// Before a line is revealed, a learner may name the rule that makes it; a right guess reveals the line.
// Another rule may fit as well, so a guess is only ever compared with the way that the course goes on.
function guessing(reveal) {
  const rules = html("select", { "aria-label": "Which rule makes the next line?" });
  const feedback = html("p", { class: "feedback", role: "status" });
  let wanted = "";
  const check = button("Check the rule", () => {
    const { value } = rules;
    const right = value === wanted;
    if (right) reveal(); // which asks for the line after it, and so forgets this guess
    feedback.classList.toggle("right", right);
    feedback.textContent = !value ? "Choose a rule first."
      : right ? `Right: ${value}.`
        : "Not this time: the course goes on by another rule. Guess again, or press Next to reveal the line.";
  });
  const row = html("div", { class: "guess" }, "Which rule makes the next line? ", rules, check);
  const ask = ({ lines }, shown) => {
    wanted = lines[shown]?.rule ?? "";
    row.hidden = !wanted;
    feedback.textContent = "";
    const names = [...new Set(lines.map((line) => line.rule).filter(Boolean))].sort();
    rules.replaceChildren(...["", ...names].map((name) => html("option", { value: name }, name || "choose …")));
  };
  return { row, feedback, ask };
}

export default { render };

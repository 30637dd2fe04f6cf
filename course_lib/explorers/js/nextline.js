import { html } from "./plot.js";
import { button } from "./controls.js";

const PATIENCE = 2000; // ms that the kernel may take before the page says that nobody answers

// Two ways to the next line before it is revealed: name its rule, or type it. Both answer in `feedback`.
export function nextLine(model, reveal) {
  const feedback = html("div", { class: "feedback", role: "status" });
  const tell = (right, ...content) => {
    feedback.classList.toggle("right", right);
    feedback.replaceChildren(...content);
  };
  const naming = byName(tell, reveal);
  const typing = byTyping(model, tell);
  const row = html("div", { class: "guess" }, naming.row, typing.row);

  const ask = ({ lines }, shown) => {
    const hadFocus = row.contains(document.activeElement);
    naming.ask(lines, shown);
    typing.ask(lines[shown - 1]);
    row.hidden = shown >= lines.length;
    if (!isAbout(model, model.get("verdict"))) tell(false);
    return { lostFocus: hadFocus && row.hidden };
  };
  return { row, feedback, ask, answer: typing.answer, stop: typing.stop };
}

// Whether a verdict says something of the line that is shown: the kernel may answer when the page has gone on.
function isAbout(model, { sentence, key, shown }) {
  return sentence && key === model.get("key") && shown === model.get("shown");
}

// Another rule may fit as well, so a guess is only ever compared with the way that the course goes on.
function byName(tell, reveal) {
  const rules = html("select", { "aria-label": "Which rule makes the next line?" });
  let wanted = "";
  const check = button("Check the rule", () => {
    const { value } = rules;
    const right = value === wanted;
    if (right) reveal(); // which asks for the line after it, and so forgets this guess
    tell(right, !value ? "Choose a rule first."
      : right ? `Right: ${value}.`
        : `Not “${value}” this time: the course goes on by another rule. Guess again, or press Next to reveal the line.`);
  });
  const ask = (lines, shown) => {
    wanted = lines[shown]?.rule ?? "";
    const names = [...new Set(lines.map((line) => line.rule).filter(Boolean))].sort();
    rules.replaceChildren(...["", ...names].map((name) => html("option", { value: name }, name || "choose …")));
  };
  return { row: html("div", { class: "way" }, html("span", {}, "Which rule makes the next line?"), rules, check), ask };
}

// What is typed is judged in the kernel; `verdict` is its answer.
function byTyping(model, tell) {
  const field = html("input", {
    type: "text", class: "formula-field", "aria-label": "Or type the next line", spellcheck: "false",
    autocomplete: "off", autocapitalize: "off", autocorrect: "off",
  });
  const names = html("span", {});
  const example = html("code", {});
  const help = html("p", { class: "help" }, "Names: ", names, ". The line above is typed ", example);
  let timer = null;
  let asked = 0;

  const check = button("Check my line", () => {
    asked = (model.get("asked").number ?? 0) + 1;
    clearTimeout(timer);
    timer = setTimeout(() => tell(false, "The kernel does not answer. Is it busy? Otherwise run this cell once more."),
      PATIENCE);
    model.set("asked", { typed: field.value, key: model.get("key"), shown: model.get("shown"), number: asked });
    model.save_changes();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") check.click();
    else if (event.key === "Escape") field.value = "";
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  let told = null;
  const answer = () => {
    const verdict = model.get("verdict");
    if (verdict.asked === asked) clearTimeout(timer);
    if (verdict === told || !isAbout(model, verdict)) return;
    told = verdict;
    tell(verdict.right, ...echo(verdict), html("p", {}, verdict.sentence));
    if (verdict.revealed) field.value = "";
  };
  const ask = (line) => {
    clearTimeout(timer);
    const words = line.names.map(({ write, means }) => [html("code", {}, write), means ? ` ${means}` : ""]);
    names.replaceChildren(...words.flatMap((word, i) => (i ? [", ", ...word] : word)));
    example.textContent = line.typed;
  };
  const row = html("div", {}, html("div", { class: "way" }, html("span", {}, "Or type it:"), field, check), help);
  return { row, ask, answer, stop: () => clearTimeout(timer) };
}

// What was typed, shown back: as a formula where it could be read, else as it is, with a mark under the place.
function echo({ mathml, spoken, typed, place }) {
  if (mathml) {
    const formula = html("span", { class: "formula", "aria-hidden": "true" });
    formula.innerHTML = mathml;
    return [html("p", {}, "You typed ", formula, html("span", { class: "only-spoken" }, spoken))];
  }
  if (place === null) return [];
  const before = [...typed].slice(0, place).join("");
  return [html("pre", { "aria-hidden": "true" }, `${typed}\n${before.replace(/[^\t]/g, " ")}^`)];
}

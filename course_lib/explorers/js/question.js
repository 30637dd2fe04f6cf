import { html, keepKeys } from "./plot.js";
import { button, problemLine } from "./controls.js";

// Every option answers back, also the wrong ones; a learner may try as often as they like. Once the right one
// is found, its explanation stays, also on another day: what the others would mean is said below it.
function render({ model, el }) {
  const { ask, lines, options } = model.get("question");
  const explanation = html("p", { class: "feedback right", role: "status" });
  const feedback = html("p", { class: "feedback", role: "status" });
  const items = options.map((option, i) => {
    const mark = html("span", { class: "mark" });
    const choose = button(option.text, () => {
      const tried = model.get("tried") ?? [];
      model.set({ chosen: i, tried: tried.includes(i) ? tried : [...tried, i] });
      model.save_changes();
    });
    choose.setAttribute("aria-pressed", "false");
    return { item: html("li", {}, choose, mark), choose, mark };
  });

  function show() {
    const chosen = model.get("chosen");
    const tried = new Set([...(model.get("tried") ?? []), chosen]); // a notebook may be older than `tried`
    for (const [i, entry] of items.entries()) {
      entry.choose.setAttribute("aria-pressed", String(i === chosen));
      entry.mark.textContent = !tried.has(i) ? "" : options[i].right ? "✓ right" : "✗ not this one";
    }
    const found = options.find((option, i) => option.right && tried.has(i));
    const option = options[chosen];
    tell(explanation, found ? `Right. ${found.feedback}` : "");
    tell(feedback, option && !option.right ? `${found ? "Not this one." : "Not yet."} ${option.feedback}` : "");
  }

  el.classList.add("course-explorer", "course-question");
  el.append(html("p", { class: "ask" }, ask));
  if (lines.length) el.append(html("ol", { class: "lines" }, ...lines.map((line) => html("li", {}, line))));
  el.append(html("ul", { class: "options", "aria-label": ask }, ...items.map((entry) => entry.item)),
    explanation, feedback, problemLine(model));
  keepKeys(el);
  model.on("change:chosen change:tried", show);
  show();
  return () => model.off("change:chosen change:tried", show);
}

// Only what is new is written, so that a screen reader does not repeat what it said before.
function tell(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export default { render };

import { html, keepKeys } from "./plot.js";
import { button, problemLine } from "./controls.js";

// Every option answers back, also the wrong ones; a learner may try as often as they like.
function render({ model, el }) {
  const { ask, lines, options } = model.get("question");
  const feedback = html("p", { class: "feedback", role: "status" });
  const items = options.map((option, i) => {
    const mark = html("span", { class: "mark" });
    const choose = button(option.text, () => {
      model.set("chosen", i);
      model.save_changes();
    });
    choose.setAttribute("aria-pressed", "false");
    return { item: html("li", {}, choose, mark), choose, mark, tried: false };
  });

  function show() {
    const chosen = model.get("chosen");
    for (const [i, entry] of items.entries()) {
      entry.tried ||= i === chosen;
      entry.choose.setAttribute("aria-pressed", String(i === chosen));
      if (entry.tried) entry.mark.textContent = options[i].right ? "✓ right" : "✗ not this one";
    }
    const option = options[chosen];
    feedback.textContent = option ? `${option.right ? "Right." : "Not yet."} ${option.feedback}` : "";
    feedback.classList.toggle("right", Boolean(option?.right));
  }

  el.classList.add("course-explorer", "course-question");
  el.append(html("p", { class: "ask" }, ask));
  if (lines.length) el.append(html("ol", { class: "lines" }, ...lines.map((line) => html("li", {}, line))));
  el.append(html("ul", { class: "options", "aria-label": ask }, ...items.map((entry) => entry.item)),
    feedback, problemLine(model));
  keepKeys(el);
  model.on("change:chosen", show);
  show();
  return () => model.off("change:chosen", show);
}

export default { render };

// Small tasks with a position as the answer. The kernel computed the answers; nothing here gives one away.
import { html } from "./plot.js";
import { button } from "./controls.js";

// `where()` gives the slider's present position and the slope there.
export function questList(model, where) {
  const quests = model.get("quests");
  if (quests.length === 0) return "";
  const items = quests.map((quest) => {
    const feedback = html("p", { class: "feedback", role: "status" });
    const check = button("Check my position", () => {
      const { x, slope } = where();
      const right = quest.places.some((place) => Math.abs(x - place) <= quest.tolerance);
      feedback.textContent = right ? quest.right : slope > quest.slope ? quest.too_large : quest.too_small;
      feedback.classList.toggle("right", right);
      const solved = model.get("solved");
      if (right && !solved.includes(quest.name)) {
        model.set("solved", [...solved, quest.name]);
        model.save_changes();
      }
    });
    check.setAttribute("aria-label", `Check my position: ${quest.task}`);
    return html("li", { "data-quest": quest.name }, html("span", {}, quest.task), check, feedback);
  });
  return html("ol", { class: "quests", "aria-label": "Quests" }, ...items);
}

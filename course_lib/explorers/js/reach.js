// The slider of x, and the choice of how far the horizontal axis reaches on both sides of 0.
import { html } from "./plot.js";
import { sliderRow } from "./controls.js";
import { selectRow } from "./choices.js";

// `now()` is the present state, `act` changes it, and `tell` says a sentence.
export function reachRows({ reaches, farthest, step, positions, now, act, tell }) {
  const within = (x, reach) => positions.nearest(Math.min(reach, Math.max(-reach, x)));
  const go = (x) => within(x, now().reach);
  const choice = selectRow({
    label: "Horizontal axis", options: reaches.map((reach) => [`−${reach} to ${reach}`, reach]),
    onInput: (reach) => act({ reach, x: within(now().x, reach) }),
  });
  const slider = sliderRow({ label: "x", low: -farthest, high: farthest, step, decimals: 2, onInput: (x) => act({ x: go(x) }, true) });
  // What is typed beyond the axis becomes its end, and is not to do so silently.
  slider.row.addEventListener("input", ({ target }) => {
    const { reach } = now();
    const beyond = target.type === "number" && Math.abs(target.value) > reach;
    tell(beyond ? `x goes from −${reach} to ${reach}${reach < farthest ? "; choose a longer horizontal axis for more" : ""}.` : "");
  });
  const fit = (reach) => {
    const title = `from −${reach} to ${reach}`;
    for (const input of slider.row.querySelectorAll("input")) Object.assign(input, { min: -reach, max: reach, title });
  };
  const hint = html("p", { class: "note" }, "Drag the points in the picture, or use the slider.");
  return { slider, choice, hint, fit, go };
}

// The error of a difference over its step, on logarithmic axes: a V whose two sides have different causes.
import { svg, place, brief } from "./plot.js";
import { axes, trace } from "./axes.js";
import { shape, move } from "./marks.js";

export function errorPanel({ steps, error_limits: [floor, top] }, size) {
  const frame = axes({
    x: [steps[0], steps.at(-1)], y: [floor, top], log: "xy", size, sides: [58, 16], xLabel: "h (dimensionless)",
    yLabel: "error of the secant's slope", title: "the error of the secant's slope for every h",
    description: "A curve over the step h, both on logarithmic axes. Its left side, hatched, grows by rounding; its " +
      "right side, dotted, by truncation. A point marks the chosen h. The numbers are in the table below.",
  });
  const { root, plot, px, py, left, right, bottom } = frame;
  const id = `hatch-${Math.random().toString(36).slice(2)}`;
  root.append(
    svg("pattern", { id: `${id}-rounding`, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("line", { class: "hatch", x1: 0, y1: 0, x2: 0, y2: 7 })),
    svg("pattern", { id: `${id}-truncation`, width: 7, height: 7, patternUnits: "userSpaceOnUse" },
      svg("circle", { class: "hatch-dot", cx: 3, cy: 3, r: 1 })),
  );
  const areas = ["rounding", "truncation"].map((cause) => svg("path", { class: `area ${cause}`, fill: `url(#${id}-${cause})` }));
  const names = ["rounding", "truncation"].map((cause) => svg("text", { class: "halo", "text-anchor": "middle", y: bottom - 10 }, cause));
  const line = svg("path", { class: "error-curve" });
  const bestLine = svg("line", { class: "best" });
  const bestName = svg("text", { class: "halo", "text-anchor": "middle", y: frame.top + 14 });
  const link = svg("line", { class: "link" });
  const point = shape(0, "point reference");
  plot.append(...areas, link, line, bestLine);
  root.append(...names, bestName, point);

  // An error of exactly 0 has no place on a logarithmic axis: it is put on the axis's lower end.
  const height = (error) => (error <= floor ? floor : error);
  const below = (from, to, errors) => {
    const known = steps.map((h, k) => [h, height(errors[k])]).slice(from, to + 1).filter(([, error]) => error > 0);
    const d = trace(known.map(([h]) => h), known.map(([, error]) => error), frame);
    return d && `${d}L${px(known.at(-1)[0])} ${bottom}L${px(known[0][0])} ${bottom}Z`;
  };
  function drawCurve({ errors, marks: [best, , rounding, truncation] }) {
    line.setAttribute("d", trace(steps, errors.map(height), frame));
    [[rounding, 0, best], [truncation, best, steps.length - 1]].forEach(([grows, from, to], n) => {
      areas[n].setAttribute("d", grows ? below(from, to, errors) : "");
      names[n].textContent = grows && to - from > 20 ? ["rounding", "truncation"][n] : "";
      names[n].setAttribute("x", (px(steps[Math.max(from, 0)]) + px(steps[Math.max(to, 0)])) / 2);
    });
    const at = best < 0 ? NaN : px(steps[best]);
    place(bestLine, { x1: at, y1: frame.top + 20, x2: at, y2: bottom });
    bestName.textContent = best < 0 ? "" : `best h ≈ ${brief(steps[best])}`;
    bestName.setAttribute("x", best < 0 ? left : Math.min(right - 58, Math.max(left + 58, at)));
  }
  let drawn = null;
  function draw(found) {
    const { k, errors, marks } = found;
    if (drawn !== marks) drawCurve(found); // while only h moves, the curve stays
    drawn = marks;
    const y = py(height(errors[k]));
    move(point, px(steps[k]), y);
    place(link, { x1: px(steps[k]), y1: y, x2: px(steps[k]), y2: bottom });
  }
  return { root, draw };
}

// What rules at the chosen h, in words.
export function advice({ x, h, difference }, { k, secant, marks: [best, error, rounding, truncation] }) {
  if (Number.isNaN(secant)) return "The function has no value at one of the points: there is no secant.";
  if (x + h === x && (difference === "forward" || x - h === x)) {
    return "x + h is rounded to x itself: the points are one, and the difference is 0.";
  }
  if (best < 0) {
    return error === 0 ? "Here the secant has the slope of the tangent, whatever h is."
      : "Here no h is better than another: the error does not shrink with h.";
  }
  if (rounding && truncation && Math.abs(k - best) <= 3) {
    return "This is about the best h: a larger one has more truncation, a smaller one more rounding.";
  }
  if (k < best && rounding) {
    return "This h is smaller than the best: the values at the points share so many digits that little is left of " +
      "their difference but rounding.";
  }
  if (k > best && truncation) return "This h is larger than the best: the curve bends between the points (truncation).";
  return rounding ? "No truncation here: the larger h, the better." : "Nothing is rounded away here: the error is as " +
    "small as it gets.";
}

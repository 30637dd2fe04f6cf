// Axes, and the lines that are drawn in them.
import { svg, place, fixed, brief } from "./plot.js";

// Pairs of a round value and its text. On a logarithmic axis the round values are powers of ten.
function ticks([low, high], wanted, log) {
  const inward = log ? Math.log10 : Number;
  const [first, last] = [inward(low), inward(high)];
  const rough = (last - first) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max([1, 2, 5, 10].find((factor) => factor * power >= rough) * power, log ? 1 : 0);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const plain = decimals <= 4 && Math.max(Math.abs(low), Math.abs(high)) < 1e5;
  const found = [];
  for (let k = Math.ceil(first / step - 1e-9); k * step <= last + 1e-9 * step; k++) {
    found.push(log ? [10 ** (k * step), k === 0 ? "1" : `1e${k * step}`.replace("-", "−")]
      : [k * step, plain ? fixed(k * step, decimals) : brief(k * step)]);
  }
  return found;
}

function scale([low, high], [from, to], log) {
  const inward = log ? Math.log10 : Number;
  return (value) => from + ((inward(value) - inward(low)) / (inward(high) - inward(low))) * (to - from);
}

// Calm axes. Returns the <svg>, a clipped group to draw in, the scales from data to pixels, and the frame's ends.
// `log` names the logarithmic axes: "x", "y" or "xy". `xTicks` and `yTicks` are pairs of a value and its text.
export function axes({
  x, y, xLabel, yLabel, title, description, size = [680, 330], sides = [46, 112], log = "",
  xTicks = ticks(x, size[0] / 85, log.includes("x")), yTicks = ticks(y, Math.max(5, size[1] / 55), log.includes("y")),
}) {
  const [width, height] = size;
  const [left, right] = [sides[0], width - sides[1]];
  const [top, bottom] = [26, height - 44];
  const px = scale(x, [left, right], log.includes("x"));
  const py = scale(y, [bottom, top], log.includes("y"));
  const id = `course-${Math.random().toString(36).slice(2)}`; // ids must be unique in the whole page
  const root = svg("svg", {
    viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": `${id}-title ${id}-desc`,
    "data-x": x.join(" "), "data-y": y.join(" "), "data-log": log, "data-frame": [left, right, bottom, top].join(" "),
  });
  root.append(svg("title", { id: `${id}-title` }, title), svg("desc", { id: `${id}-desc` }, description));
  root.append(svg("clipPath", { id: `${id}-clip` }, svg("rect", {
    x: left, y: top, width: right - left, height: bottom - top,
  })));
  for (const [value, text] of xTicks) {
    root.append(svg("line", { class: "tick", x1: px(value), x2: px(value), y1: bottom, y2: bottom + 5 }),
      svg("text", { class: "tick-label", x: px(value), y: bottom + 19, "text-anchor": "middle" }, text));
  }
  for (const [value, text] of yTicks) {
    root.append(svg("line", { class: "grid", x1: left, x2: right, y1: py(value), y2: py(value) }),
      svg("text", { x: left - 8, y: py(value) + 4, "text-anchor": "end" }, text));
  }
  root.append(
    svg("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom }),
    svg("text", { x: (left + right) / 2, y: height - 5, "text-anchor": "middle" }, xLabel),
    svg("text", { x: Math.max(left - 36, 4), y: 13 }, yLabel),
  );
  const plot = root.appendChild(svg("g", { "clip-path": `url(#${id}-clip)` }));
  return { root, plot, px, py, left, right, top, bottom, ends: x };
}

// One <path> through all points that can be drawn; a gap in the numbers is a gap in the curve, and so is each
// jump: a number i means that nothing is drawn from point i - 1 to point i.
export function curve(xs, ys, frame, className, jumps = []) {
  return svg("path", { class: className, d: trace(xs, ys, frame, jumps) });
}

export function trace(xs, ys, { px, py }, jumps = []) {
  let d = "";
  let pen = "M";
  xs.forEach((x, i) => {
    const y = py(ys[i]);
    if (jumps.includes(i)) pen = "M";
    if (Number.isFinite(y)) d += `${pen}${px(x).toFixed(2)} ${y.toFixed(2)}`;
    pen = Number.isFinite(y) ? "L" : "M";
  });
  return d;
}

// A straight line over the whole frame, through the point (x, y) with a slope.
export function throughout(node, { px, py, ends: [from, to] }, x, y, slope) {
  place(node, { x1: px(from), y1: py(y + slope * (from - x)), x2: px(to), y2: py(y + slope * (to - x)) });
}

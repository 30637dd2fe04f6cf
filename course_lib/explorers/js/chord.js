// The left picture of the secant explorer: the whole curve with secant and tangent, or the part between the points.
import { html, svg, brief } from "./plot.js";
import { axes, curve, throughout } from "./axes.js";
import { shape, move } from "./marks.js";

export function chordPanel({ name, low, high, fine, limits, steps }, values, size) {
  const node = html("div", {});
  const secantLine = svg("line", { class: "secant" });
  const tangentLine = svg("line", { class: "tangent" });
  const here = shape(0, "point function");
  const [there, back] = [shape(0, "point reference"), shape(0, "point reference")];
  const whole = axes({
    x: [low, high], y: limits, size, sides: [48, 16], xLabel: "x (dimensionless)",
    yLabel: `value of ${name} (dimensionless)`, title: `${name}, its secant and its tangent`,
    description: "A dashed line runs through two points of the curve, a solid one touches it at x. " +
      "The read-out below says their slopes.",
  });
  const wholeCurve = curve(Array.from(values, (_, i) => low + i * fine), values, whole, "curve function");

  // Under the magnifier places are measured in h from x, and heights from f(x). Its axes follow h, so they are made
  // anew. The curve is what the computer makes of f, which the kernel sends when x rests.
  function magnified({ x, h }, { k, slope, secant }, sent) {
    const rises = sent.x === x ? singles(sent.rises, k, steps.length) : [];
    const heights = [...rises, 1.5 * h * slope, 1.5 * h * secant].map(Math.abs).filter(Number.isFinite);
    const reach = 1.15 * (Math.max(0, ...heights) || h);
    const frame = axes({
      x: [-1.5, 1.5], y: [-reach, reach], size, sides: [70, 16], xLabel: `h = ${brief(h)}`,
      xTicks: [[-1, "x − h"], [0, "x"], [1, "x + h"]], yLabel: "magnified: rise from f(x)",
      title: `${name} between the points, magnified`,
      description: "The same curve and lines, so large that the two points lie apart.",
    });
    const ts = Array.from(rises, (_, n) => -1.5 + (3 * n) / (rises.length - 1));
    return { frame, path: curve(ts, rises, frame, "curve function") };
  }

  function draw(now, found, sent) {
    const { x, h, difference, magnified: close } = now;
    const { value, slope, secant, right, left } = found;
    const { frame, path } = close ? magnified(now, found, sent) : { frame: whole, path: wholeCurve };
    const [from, unit, ground] = close ? [x, h, value] : [0, 1, 0]; // where the axes begin, and in which unit
    const across = (place) => (place - from) / unit;
    frame.plot.append(path, tangentLine, secantLine, back, there, here);
    throughout(tangentLine, frame, across(x), value - ground, slope * unit);
    throughout(secantLine, frame, close ? 1 : x + h, right - ground, secant * unit);
    move(there, frame.px(close ? 1 : x + h), frame.py(right - ground));
    move(back, difference === "central" ? frame.px(close ? -1 : x - h) : NaN, frame.py(left - ground));
    move(here, frame.px(across(x)), frame.py(value - ground));
    if (node.firstChild !== frame.root) node.replaceChildren(frame.root);
  }

  const apart = ({ x, h, magnified: close }) => close || whole.px(x + h) - whole.px(x) > 3;
  return { node, draw, apart };
}

// Row k of a table of 32-bit numbers with `count` rows: they are only drawn, seven digits are plenty.
function singles(view, k, count) {
  const all = new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
  return all.subarray((k * all.length) / count, ((k + 1) * all.length) / count);
}

// What is written and marked on a drawing: points, and the names of curves.
import { svg } from "./plot.js";

// Points of different shapes, so that they can be told apart without their colours.
const SHAPES = ["M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z", "M-5.5 -5.5h11v11h-11Z", "M0 -7.5L7.5 0L0 7.5L-7.5 0Z"];
export function shape(k, className) {
  return svg("path", { class: className, d: SHAPES[k] });
}

export function move(node, x, y) {
  const visible = Number.isFinite(x) && Number.isFinite(y);
  node.style.display = visible ? "" : "none";
  if (visible) node.setAttribute("transform", `translate(${x} ${y})`);
}

// A short piece of a line with its point, as a legend in front of a name.
export function lineSample(className, point = "") {
  return svg("svg", { class: "sample", viewBox: "0 0 40 16", "aria-hidden": "true" },
    svg("line", { class: className, x1: 0, y1: 8, x2: 40, y2: 8 }),
    point && svg("g", { transform: "translate(20 8)" }, point));
}

// Names to the right of the frame, each at the height where its curve ends. Names that would touch are moved apart.
// A label may begin with a piece of the curve's `line`, for curves that end in the same place.
export function endLabels({ root, py, top, bottom, right }, labels) {
  const nodes = labels.map(({ text, className, line }) => svg("g", {},
    line ? svg("line", { class: `curve ${className} ${line}`, x1: 8, y1: -5, x2: 38, y2: -5 }) : "",
    svg("text", { class: `label ${className}`, x: line ? 44 : 10 }, text)));
  root.append(...nodes);
  return (heights) => {
    const middle = (top + bottom) / 2;
    const wanted = heights.map((height) => (Number.isFinite(py(height)) ? py(height) : middle));
    const order = nodes.map((node, i) => ({ node, y: Math.min(bottom, Math.max(top + 6, wanted[i])) }));
    order.sort((a, b) => a.y - b.y);
    for (let turn = 0; turn < 20; turn++) {
      for (let i = 1; i < order.length; i++) {
        const overlap = Math.max(0, 18 - (order[i].y - order[i - 1].y));
        order[i - 1].y -= overlap / 2;
        order[i].y += overlap / 2;
      }
    }
    for (const { node, y } of order) move(node, right, y + 4);
  };
}

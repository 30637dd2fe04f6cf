// Up to three functions over one another, their derivatives below on the same x, one place marked in both.
import { html, svg, place, inWords } from "./plot.js";
import { axes } from "./axes.js";
import { draggable } from "./drag.js";
import { move, shape, endLabels } from "./marks.js";
import { AIR, ink, liftedAt, limits, reading } from "./strokes.js";

export const STYLES = ["first", "second", "third"];
// Curves of one meaning have its colour; the second one is darker, so that each can be followed where they cross.
export const tone = (colour, k) => (k === 1 ? `${colour} deeper` : colour);
const PANELS = [
  { which: "values", what: "value", colour: "function", about: (names) => `${names} over x` },
  { which: "slopes", what: "slope", colour: "derivative", about: (names) => `the derivatives of ${names} over x` },
];

// `onDrag` gets the x at which the pointer is held down on a panel.
export function overlay(onDrag) {
  const node = html("div", { class: "overlay" });
  let drawn = null; // what the present axes were made for
  let narrow = false;

  function panel({ which, what, colour, about }, { names, reach }, y) {
    const last = what === "slope";
    const room = narrow ? { size: [348, last ? 220 : 200], sides: [46, 122] } : { size: [680, last ? 236 : 216], sides: [50, 150] };
    const frame = axes({
      ...room, x: [-reach, reach], y, yLabel: `${what} (dimensionless)`, title: about(inWords(names)),
      xLabel: !last ? "" : narrow ? "x (dimensionless)" : "x (pre-activation, dimensionless)",
      description: "The curves are told apart by the kind of line, by the shape of the point that marks the chosen x, and " +
        "by the name at the end. Where a curve has a gap, a filled circle belongs to it and an open one does not. The " +
        "read-out below says the numbers.",
    });
    const line = svg("line", { class: "link" });
    const paths = names.map((_, k) => svg("path", { class: `curve ${tone(colour, k)} ${STYLES[k]}` }));
    const gaps = svg("g", {});
    frame.plot.append(line, ...paths, gaps);
    const putLabels = endLabels(frame, names.map((text, k) => ({ text, className: tone(colour, k), line: STYLES[k] })));
    const points = names.map((_, k) => shape(k, `point ${tone(colour, k)}`));
    frame.plot.append(...points);

    const bend = (curves) => {
      curves.forEach((curve, k) => paths[k].setAttribute("d", ink(curve, which, frame)));
      gaps.replaceChildren(...curves.flatMap((curve, k) => liftedAt(curve, which).map(({ x, y: height, closed }) => svg("circle", {
        class: `end ${tone(colour, k)} ${closed ? "closed" : "open"}`, cx: frame.px(x), cy: frame.py(height), r: 4,
      }))));
      putLabels(curves.map((curve) => reading(curve, reach - 1e-6)[what]));
    };
    draggable(frame, (x) => onDrag(x));
    let where = [];
    const mark = (x, readings) => {
      const wanted = [frame.px(x), ...readings.map((found) => frame.py(found[what]))];
      // What would not be seen to move is left alone: when exact numbers come in, the picture stays as it is.
      if (where.length === wanted.length && wanted.every((pixel, k) => Math.abs(pixel - where[k]) < 0.2)) return;
      where = wanted;
      place(line, { x1: wanted[0], y1: frame.top, x2: wanted[0], y2: frame.bottom });
      points.forEach((point, k) => move(point, wanted[0], wanted[k + 1]));
    };
    return { root: frame.root, which, y, scale: Math.abs(frame.py(1) - frame.py(0)), bend, mark };
  }

  function lay(view, all) {
    const panels = PANELS.map((kind, k) => panel(kind, view, all[k]));
    node.replaceChildren(...panels.map(({ root }) => root));
    drawn = { ...view, panels, curves: null };
  }

  function draw({ names, reach, curves }) {
    const same = drawn?.reach === reach && drawn.names.join() === names.join();
    if (same && drawn.curves && curves.every((curve, k) => curve === drawn.curves[k])) return;
    const wanted = PANELS.map(({ which }) => limits(curves, which, reach));
    if (!same || drawn.panels.some(({ y }, k) => unfit(y, wanted[k]))) lay({ names, reach }, wanted);
    if (drawn.curves && drawn.panels.every(({ which, scale }) => alike(drawn.curves, curves, which, 0.9 / scale))) return;
    drawn.curves = curves;
    for (const { bend } of drawn.panels) bend(curves);
  }
  const mark = (x, readings) => { for (const panel of drawn.panels) panel.mark(x, readings); };
  const shrink = (isNarrow) => {
    narrow = isNarrow;
    node.classList.toggle("panels", narrow);
    drawn = null;
  };
  return { node, draw, mark, shrink };
}

// Whether an axis hides something of the curves, or leaves a quarter of itself empty. In between it stays, so that
// a curve can be seen to move. What is wanted has some air at both ends.
function unfit([low, high], [wantedLow, wantedHigh]) {
  const [air, slack] = [(wantedHigh - wantedLow) * (AIR / (1 + 2 * AIR)), (high - low) / 4];
  return wantedLow + 0.9 * air < low || wantedHigh - 0.9 * air > high || wantedLow - low > slack || high - wantedHigh > slack;
}

// Whether no point of the curves has moved further than `little`.
function alike(some, others, which, little) {
  return some.every((a, k) => {
    const b = others[k];
    const near = (x, y) => Math.abs(x - y) <= little || x === y;
    return a.edges.length === b.edges.length && a.edges.every((edge, i) => near(edge, b.edges[i])) &&
      a[which].every((row, i) => row.every((y, j) => near(y, b[which][i][j])));
  });
}

// A table of heights over a square, seen from above: the higher, the stronger the colour, with lines of equal height.
import { svg, place, brief } from "./plot.js";

// `frame` is from axes.js; `xs` are the positions in both directions; `full` is the height of the full colour; the
// lines have their numbers where x + y is `aside` steps, beside the middle, where the learner's point often is.
export function heightMap(frame, { xs, levels, full, aside }) {
  const n = xs.length;
  const { px, py } = frame;
  const canvas = Object.assign(document.createElement("canvas"), { width: n, height: n });
  const pixels = new ImageData(n, n);
  // A pixel reaches half a step beyond its position. It only says how strong the colour is: the colour is the theme's.
  const half = (xs[1] - xs[0]) / 2;
  const [left, top] = [px(xs[0] - half), py(xs[n - 1] + half)];
  const box = { x: left, y: top, width: px(xs[n - 1] + half) - left, height: py(xs[0] - half) - top };
  const image = svg("image", { ...box, preserveAspectRatio: "none" });
  const id = `course-${Math.random().toString(36).slice(2)}`;
  const mask = svg("mask", { id, maskUnits: "userSpaceOnUse", ...box }, image);
  const lines = svg("path", { class: "contour" });
  const names = svg("g", { class: "contour-names" });
  frame.plot.append(mask, svg("rect", { class: "heights", mask: `url(#${id})`, ...box }), lines, names);

  // One that would touch the last one, or the frame, is left out.
  function numbers(height) {
    const across = xs.slice(aside).map((x, k) => ({ x, value: height(k + aside, n - 1 - k) }));
    const crossings = levels.flatMap((level) => across.slice(1).flatMap(({ x, value }, k) => {
      const before = across[k];
      if ((before.value >= level) === (value >= level)) return [];
      return [{ level, x: before.x + ((level - before.value) / (value - before.value)) * (x - before.x) }];
    })).sort((a, b) => a.x - b.x);
    const far = (x, last) => !last || Math.hypot(px(x) - px(last.x), py(x) - py(last.x)) >= 20;
    const inside = (x) => [[px(x), frame.left, frame.right], [py(aside * 2 * half - x), frame.top, frame.bottom]]
      .every(([at, from, to]) => at - from >= 10 && to - at >= 10);
    return crossings.reduce((kept, one) => (inside(one.x) && far(one.x, kept.at(-1)) ? [...kept, one] : kept), [])
      .map(({ level, x }) => svg("text", {
        class: "halo", x: px(x), y: py(aside * 2 * half - x) + 4, "text-anchor": "middle",
      }, brief(level)));
  }
  // `height(i, j)` is the height over position i to the right and j up.
  return function show(height) {
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < n; i++) {
        const strength = Math.sqrt(Math.min(1, height(i, j) / full));
        pixels.data.set([255, 255, 255, 255 * strength], 4 * ((n - 1 - j) * n + i));
      }
    }
    canvas.getContext("2d").putImageData(pixels, 0, 0);
    image.setAttribute("href", canvas.toDataURL());
    lines.setAttribute("d", contours(height, xs, levels)
      .map(([from, to]) => `M${px(from[0]).toFixed(1)} ${py(from[1]).toFixed(1)}L${px(to[0]).toFixed(1)} ${py(to[1]).toFixed(1)}`)
      .join(""));
    names.replaceChildren(...numbers(height));
  };
}

// Pieces of the lines of equal height, one for each cell of the table that a line crosses ('marching squares').
function contours(height, xs, levels) {
  const pieces = [];
  for (let i = 0; i + 1 < xs.length; i++) {
    for (let j = 0; j + 1 < xs.length; j++) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const heights = corners.map(([a, b]) => height(a, b));
      const [lowest, highest] = [Math.min(...heights), Math.max(...heights)];
      for (const level of levels) {
        if (level <= lowest || level > highest) continue;
        const ends = corners.flatMap((corner, k) => {
          const [other, here, there] = [corners[(k + 1) % 4], heights[k], heights[(k + 1) % 4]];
          if ((here >= level) === (there >= level)) return [];
          const t = (level - here) / (there - here);
          return [corner.map((place, axis) => xs[place] + t * (xs[other[axis]] - xs[place]))];
        });
        for (let k = 0; k + 1 < ends.length; k += 2) pieces.push([ends[k], ends[k + 1]]);
      }
    }
  }
  return pieces;
}

// An arrow from a point, drawn anew by `show(x, y, dx, dy)` in pixels; one that is too short to have a head has none.
export function arrow(className) {
  const shaft = svg("line", {});
  const head = svg("path", { d: "M0 0L-11 -5.5L-11 5.5Z" });
  const node = svg("g", { class: `arrow ${className}` }, shaft, head);
  const show = (x, y, dx, dy) => {
    const length = Math.hypot(dx, dy);
    const [cos, sin] = length ? [dx / length, dy / length] : [1, 0];
    const body = Math.max(0, length - 9);
    place(shaft, { x1: x, y1: y, x2: x + body * cos, y2: y + body * sin });
    head.setAttribute("transform", `translate(${x + dx} ${y + dy}) rotate(${(Math.atan2(sin, cos) * 180) / Math.PI})`);
    head.style.display = length < 11 ? "none" : "";
  };
  return { node, show };
}

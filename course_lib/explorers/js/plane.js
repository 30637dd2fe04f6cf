// A small picture of a plane: axes, the lines of a square, and a letter on it.
import { html, svg } from "./plot.js";

// Where the axes of 1, 2 or 3 hidden units point on the page: the third comes towards the reader.
const DIRECTIONS = [[1, 0], [0, 1], [-0.45, -0.35]];

export function plane({ square, letter, reach, kind }) {
  const size = 200;
  const px = (value) => ((value / reach + 1) * size) / 2;
  const page = (point) => [0, 1].map((k) => point.reduce((sum, entry, j) => sum + entry * DIRECTIONS[j][k], 0));
  const at = (point) => {
    const [right, up] = page(point);
    return `${px(right).toFixed(2)} ${px(-up).toFixed(2)}`;
  };
  const path = (lines, image) => lines.map((line) => `M${line.map((point) => at(image(point))).join("L")}`).join("");
  const frame = svg("g", {});
  const grid = svg("path", { class: "square" });
  const strokes = svg("path", { class: "letter" });
  const over = ["casing", "dashes"].map((name) => svg("path", { class: name })); // to be seen on the letter and beside it
  const root = svg("svg", { viewBox: `0 0 ${size} ${size}`, role: "img" }, frame, grid, strokes, ...over);
  const border = square.filter((_, i) => i % 5 === 0 || i % 5 === 4);
  const caption = html("figcaption", {});
  let named = "";

  // `image` maps a point of the square; `axes` names the axes of where it lands, `over` is another image, dashed.
  function draw({ title, image, axes, words, over: second }) {
    if (axes.join() !== named) frame.replaceChildren(...axes.flatMap(axisLine));
    named = axes.join();
    caption.textContent = title;
    root.setAttribute("aria-label", words);
    grid.setAttribute("d", path(square, image));
    strokes.setAttribute("d", path(letter, image));
    for (const line of over) line.setAttribute("d", second ? path([...letter, ...border], second) : "");
  }
  function axisLine(name, j) {
    const [right, up] = DIRECTIONS[j];
    const end = (length) => ({ x: px(right * length), y: px(-up * length) });
    const [from, to, text] = [end(-reach), end(reach * 0.97), end(reach * 0.88)];
    const ticks = [-2, -1, 1, 2].map((place) => {
      const { x, y } = end(place);
      return svg("line", { class: "tick", x1: x - 2.5 * up, x2: x + 2.5 * up, y1: y - 2.5 * right, y2: y + 2.5 * right });
    });
    return [svg("line", { class: "axis", x1: from.x, y1: from.y, x2: to.x, y2: to.y }), ...ticks,
      svg("text", { x: text.x + (up ? 7 : -4), y: text.y + (up ? 4 : 16) }, name)];
  }
  return { node: html("figure", { class: `plane ${kind}` }, caption, root), draw };
}

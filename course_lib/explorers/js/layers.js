// Two layers, and the one layer that does the same.
import { times, layer, turned } from "./matrix.js";

const FUNCTIONS = { identity: (x) => x, tanh: Math.tanh, relu: (x) => Math.max(0, x) };
const SIDE = Array.from({ length: 21 }, (_, i) => (i - 10) / 10);
const POINTS = SIDE.flatMap((up) => SIDE.map((across) => [across, up]));

// All weights, what the layers do to a point, and how far from each other two points of the square can land.
// With a function between the layers there is no fold: the nearest single layer takes its place.
export function layers(now, { into, out_of: outOf }) {
  const stretched = (factor) => (entry, j) => (j === 0 ? factor * entry : entry);
  const W1 = times(turned(now.turn_1), into.map((row) => row.slice(0, now.hidden).map(stretched(now.stretch_1))));
  const rows = outOf.slice(0, now.hidden);
  const W2 = times(rows.map((row, j) => row.map((entry) => stretched(now.stretch_2)(entry, j))), turned(now.turn_2));
  const b1 = Array(now.hidden).fill(now.bias_1);
  const b2 = [now.bias_2, now.bias_2];
  const inner = (x) => layer(x, W1, b1).map(FUNCTIONS[now.between]);
  const two = (x) => layer(inner(x), W2, b2);
  const images = POINTS.map(two);
  const [W, b] = now.between === "identity" ? [times(W1, W2), layer(b1, W2, b2)] : nearest(images);
  const one = (x) => layer(x, W, b);
  const apart = POINTS.map((x, i) => Math.hypot(...one(x).map((entry, k) => entry - images[i][k])));
  return { W1, b1, W2, b2, W, b, inner, two, one, distance: Math.max(...apart) };
}

// Least squares. The points lie symmetrically around 0, which makes single divisions of the normal equations.
function nearest(images) {
  const squares = POINTS.reduce((sum, [x]) => sum + x * x, 0);
  const total = (weight) => [0, 1].map((k) => images.reduce((sum, y, i) => sum + weight(POINTS[i]) * y[k], 0));
  return [[0, 1].map((j) => total((x) => x[j] / squares)), total(() => 1 / POINTS.length)];
}

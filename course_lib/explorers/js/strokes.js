// Curves in strokes, as strokes.py makes them: between two strokes is a kink or a jump.
import { narrowFloats } from "./plot.js";

export function unpack([edges, [values, slopes], table], steps) {
  const count = edges.length - 1;
  const length = Math.floor(steps / count) + 1;
  const numbers = narrowFloats(table);
  const rows = (from) => Array.from({ length: count }, (_, i) => numbers.subarray((from + i) * length, (from + i + 1) * length));
  return { edges, values: rows(0), slopes: rows(count), at: { values, slopes } };
}

// The curve whose every number is `mix` of the two curves' numbers.
function mixed(a, b, mix) {
  const row = (one, other) => one.map((number, i) => mix(number, other[i]));
  const all = (one, other) => one.map((numbers, i) => row(numbers, other[i]));
  return {
    edges: row(a.edges, b.edges), values: all(a.values, b.values), slopes: all(a.slopes, b.slopes),
    at: { values: row(a.at.values, b.at.values), slopes: row(a.at.slopes, b.at.slopes) },
  };
}

// What lies a share of the way from one curve to another. Between curves of different numbers of strokes is nothing.
function between(a, b, share) {
  if (a.edges.length !== b.edges.length) return share < 0.5 ? a : b;
  return mixed(a, b, (one, other) => (1 - share) * one + share * other);
}

// A curve that also takes the way from another one, `from`, to a third, `to`.
export function also(curve, from, to) {
  if (curve.edges.length !== from.edges.length || from.edges.length !== to.edges.length) return curve;
  return mixed(curve, mixed(to, from, (one, other) => one - other), (one, way) => one + way);
}

// The curve at any number of a slider; `fan` holds curves at some, as pairs of the number and the curve.
export function unfold(fan, number) {
  const last = fan.length - 2;
  const k = Math.min(last, Math.max(0, fan.findIndex(([end]) => end >= number) - 1));
  const [[from, first], [to, second]] = [fan[k], fan[k + 1]];
  return between(first, second, Math.min(1, Math.max(0, (number - from) / (to - from))));
}

// Value and slope at x: at a kink or a jump the library's own, elsewhere from the two nearest points and their slopes.
export function reading({ edges, values, slopes, at }, x) {
  const inner = edges.slice(1, -1).findIndex((edge) => Math.abs(edge - x) < 1e-9);
  if (inner >= 0) return { value: at.values[inner], slope: at.slopes[inner] };
  const i = Math.max(0, edges.findLastIndex((edge, k) => edge <= x && k < values.length));
  const [v, s] = [values[i], slopes[i]];
  const width = (edges[i + 1] - edges[i]) / (v.length - 1);
  const j = Math.min(v.length - 2, Math.max(0, Math.floor((x - edges[i]) / width)));
  const t = (x - edges[i]) / width - j;
  const [rise, first, last] = [v[j + 1] - v[j], s[j] * width, s[j + 1] * width];
  const value = v[j] + t * (first + t * (3 * rise - 2 * first - last + t * (first + last - 2 * rise)));
  return { value, slope: s[j] + t * (s[j + 1] - s[j]) };
}

// Calls `see(x, y, i, j)` for each point of the strokes of `which` ("values" or "slopes"), in their order.
export function eachPoint({ edges, ...tables }, which, see) {
  tables[which].forEach((row, i) => row.forEach((y, j) => see(edges[i] + ((edges[i + 1] - edges[i]) * j) / (row.length - 1), y, i, j)));
}

// One <path> d for all strokes: where the next begins at the height at which the last ended, the pen stays down.
export function ink(curve, which, { px, py, ends: [low, high] }) {
  let [d, pen, previous] = ["", "M", [NaN, NaN]];
  const step = (curve.edges.at(-1) - curve.edges[0]) / 100;
  eachPoint(curve, which, (x, y, i, j) => {
    if (j === 0 && !(Math.abs(y - previous[1]) < 1e-4 * Math.max(1, Math.abs(y)))) pen = "M";
    previous = [x, y];
    const visible = Number.isFinite(y) && x >= low - step && x <= high + step;
    if (visible) d += `${pen}${px(x).toFixed(2)} ${Math.min(5e3, Math.max(-5e3, py(y))).toFixed(2)}`;
    pen = visible ? "L" : "M";
  });
  return d;
}

// Where the pen is lifted: the ends of both strokes and the library's own point, which closes one of them or neither.
export function liftedAt(curve, which) {
  return curve.edges.slice(1, -1).flatMap((x, k) => {
    const [left, right, own] = [curve[which][k].at(-1), curve[which][k + 1][0], curve.at[which][k]];
    const same = (a, b) => Math.abs(a - b) < 1e-4 * Math.max(1, Math.abs(a));
    if (same(left, right) && same(left, own)) return [];
    const sides = (same(left, right) ? [left] : [left, right]).map((y) => ({ x, y, closed: same(y, own) }));
    return sides.some(({ closed }) => closed) ? sides : [...sides, { x, y: own, closed: true }];
  });
}

export const AIR = 0.06; // above and below the curves, as a part of what they take up

// The ends of a vertical axis: all that is seen of the curves, though no more than as far as x goes; a little air.
export function limits(curves, which, reach) {
  let [low, high] = [Infinity, -Infinity];
  for (const curve of curves) {
    eachPoint(curve, which, (x, y) => {
      if (Math.abs(x) > reach || Number.isNaN(y)) return;
      const seen = Math.min(reach, Math.max(-reach, y));
      [low, high] = [Math.min(low, seen), Math.max(high, seen)];
    });
  }
  const air = AIR * (high - low || 1);
  return [low - air, high + air];
}

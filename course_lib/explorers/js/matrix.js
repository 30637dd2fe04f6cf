// Small matrices: arithmetic on rows of numbers, and how they are written.
import { html } from "./plot.js";

export const times = (A, B) => A.map((row) => B[0].map((_, k) => row.reduce((sum, a, j) => sum + a * B[j][k], 0)));

// x W + b for one point x.
export const layer = (x, W, b) => times([x], W)[0].map((entry, k) => entry + b[k]);

// The matrix that turns a row vector counter-clockwise.
export function turned(degrees) {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [[c, s], [-s, c]];
}

// Of a 2 x 2 matrix: how many singular values are more than `small` times the largest.
export function rank([[a, b], [c, d]], small) {
  const squares = a * a + b * b + c * c + d * d;
  const determinant = a * d - b * c;
  const largest = Math.sqrt((squares + Math.sqrt(Math.max(0, squares ** 2 - 4 * determinant ** 2))) / 2);
  if (largest <= small) return 0;
  return Math.abs(determinant) / largest > small * largest ? 2 : 1;
}

export const twoDecimals = (value) => (Math.round(100 * value) / 100 + 0).toFixed(2).replace("-", "−");

// An equation: name = matrix. `rows` holds one row for a vector.
export function equation(name, rows) {
  const cells = (row) => row.map((value) => html("td", {}, twoDecimals(value)));
  const table = html("table", {}, html("tbody", {}, ...rows.map((row) => html("tr", {}, ...cells(row)))));
  return html("span", { class: "equation" }, html("i", {}, name), " = ", html("span", { class: "matrix" }, table));
}

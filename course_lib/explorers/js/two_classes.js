// The cross-entropy of softmax with two classes, from the loss of each class alone.
import { threeDigits, fixed } from "./plot.js";

// `losses` are those of a hard label 1 and of a hard label 2: a soft label y mixes them, and a probability is exp(-loss).
export function numbers([first, second], y) {
  const p = [Math.exp(-first), Math.exp(-second)];
  const slope = (1 - y) * p[0] - y * p[1]; // this is p₁ − y, without a difference of nearly equal numbers
  return { p, loss: y * first + (1 - y) * second, gradient: [slope, -slope] };
}

// By how much the logits differ where p = y; for a hard label there is no such place.
export const valley = (y) => (y === 0 || y === 1 ? NaN : Math.log(y / (1 - y)));

// How far the point is from the valley, as a difference of logits.
export const apart = (gap, y) => Math.abs(gap - valley(y));

export function lowest(y) {
  if (Number.isNaN(valley(y))) {
    return `The loss falls for ever as ${y ? "z₁ − z₂" : "z₂ − z₁"} grows: no logits give its lowest value, 0.`;
  }
  const least = -y * Math.log(y) - (1 - y) * Math.log(1 - y);
  return `The loss is lowest on the dashed line, z₁ − z₂ = ${fixed(valley(y), 2)}, where p = y: `
    + `there it is ${threeDigits(least)} nats.`;
}

export const listed = (values) => `(${values.map(threeDigits).join(", ")})`;

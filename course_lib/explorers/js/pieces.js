// A function that the kernel gave by its values and slopes at many places: straight pieces stay straight, and
// smooth ones are followed by cubics, so that the browser can look as closely as it likes.
import { brief, floats } from "./plot.js";

// `finest` says to which multiples slopes are known at best.
export function piecewise(given, finest) {
  const [x, values, left, right] = [given.x, given.values, given.left, given.right].map(floats);

  function at(place) {
    let [a, b] = [0, x.length - 1]; // the piece that holds the place, by bisection
    while (b - a > 1) {
      const middle = (a + b) >> 1;
      if (x[middle] <= place) a = middle; else b = middle;
    }
    const width = x[b] - x[a];
    const t = (place - x[a]) / width;
    const [rise, first, last] = [values[b] - values[a], right[a] * width, left[b] * width];
    return values[a] + t * (first + t * (3 * rise - 2 * first - last + t * (first + last - 2 * rise)));
  }
  const rise = (place, run) => at(place + run) - at(place);

  // Digits that are only rounding (f is known to about 1e-16 of itself) are not shown: _known in kink.py does the same.
  function slopes(place, h) {
    const largest = Math.max(Math.abs(place), Math.abs(at(place)));
    const slope = (from, to, run) => {
      const grain = Math.max(finest, 10 ** Math.ceil(Math.log10((4e-16 * largest) / run)));
      return Math.round((at(to) - at(from)) / run / grain) * grain;
    };
    return { left: slope(place - h, place, h), right: slope(place, place + h, h), central: slope(place - h, place + h, 2 * h) };
  }

  // Places to draw, in units of h from x; a kink among them, or its corner would be cut off.
  const around = (place, h, reach) => {
    const corners = given.kinks.map((kink) => (kink.place - place) / h).filter((t) => Math.abs(t) < reach);
    const even = Array.from({ length: 121 }, (_, i) => reach * (i / 60 - 1));
    return [...even, ...corners].sort((a, b) => a - b);
  };
  const derivative = (place) => right[x.findIndex((knot) => knot >= place - 1e-9)];
  return { ...given, x: Array.from(x), at, rise, slopes, around, derivative };
}

// What the three slopes mean, in words.
export function verdict({ name, kinks, convex, slopes, derivative }, x, h) {
  const { left, right, central } = slopes(x, h);
  const kink = kinks.find(({ place }) => place === x);
  if (kink) {
    const [low, high] = [kink.left, kink.right].sort((a, b) => a - b).map((slope) => brief(slope));
    const between = convex ? `${name} is convex, so every number from ${low} to ${high} is a subgradient here`
      : `Every number from ${low} to ${high} lies between the one-sided slopes`;
    return `A kink: however small h is, the left slope is ${brief(kink.left)} and the right slope is ${brief(kink.right)}. ` +
      `There is no tangent: ${name} is not differentiable at ${brief(x)}. The central difference is the mean, ` +
      `${brief(central)}: the slope of neither side. ${between}; the course's choice is ${brief(kink.chosen)}.`;
  }
  const slope = brief(derivative(x));
  const near = kinks.find(({ place }) => Math.abs(place - x) < h * (1 - 1e-9));
  if (near) {
    return `The kink at ${brief(near.place)} lies between x − h and x + h, so the central difference mixes the slopes of ` +
      `both sides. The slope at x is ${slope}: make h smaller than ${brief(Math.abs(near.place - x))}.`;
  }
  return Math.abs(left - right) < 1e-6 * Math.max(1, Math.abs(left)) && kinks.length
    ? `No kink between x − h and x + h: the curve is straight there, and all three are the slope, ${slope}.`
    : `No kink between x − h and x + h: as h shrinks, the curve becomes straight and all three come to the slope, ${slope}.`;
}

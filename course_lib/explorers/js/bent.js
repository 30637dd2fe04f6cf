// The functions of the gallery as the present parameters bend them. While a parameter moves, its curve is found between
// curves that the kernel computed; where the parameters rest, every number is the kernel's own.
import { floats } from "./plot.js";
import { also, reading, unfold, unpack } from "./strokes.js";

// `positions` is the grid on which the kernel computed values and slopes.
export function bent({ functions, steps }, positions) {
  const known = new Map(functions.map((f) => [f.name, { ...f, plain: unpack(f.curve, steps) }]));
  let computed = new Map();

  const learn = (curves) => {
    computed = new Map(curves.map((f) => [f.name, {
      ...f, curve: unpack(f.curve, steps), values: floats(f.values), slopes: floats(f.slopes),
      fans: Object.fromEntries(Object.entries(f.fans).map(([symbol, fan]) =>
        [symbol, fan.map(([number, ...packed]) => [number, unpack(packed, steps)])])),
    }]));
  };
  const defaults = (name) => Object.fromEntries(known.get(name).dials.map((dial) => [dial.name, dial.value]));
  const numbers = (name, parameters) => ({ ...defaults(name), ...parameters[name] });

  // The curve, and its value and slope at any position; `last` is the parameter that was moved last.
  function find(name, parameters, last) {
    const here = computed.get(name);
    const between = (curve) => ({ curve, at: (x) => ({ ...reading(curve, x), exact: false }) });
    if (!here) return between(known.get(name).plain);
    const present = numbers(name, parameters);
    const moved = Object.keys(present).filter((symbol) => present[symbol] !== here.numbers[symbol]);
    if (moved.length) { // several only while the kernel is busy; the one that moves now is followed exactly
      const [first, ...others] = moved.sort((a, b) => (b === last) - (a === last));
      const bend = (symbol) => unfold(here.fans[symbol], present[symbol]);
      return between(others.reduce((curve, symbol) => also(curve, here.curve, bend(symbol)), bend(first)));
    }
    const at = (x) => ({ value: here.values[positions.index(x)], slope: here.slopes[positions.index(x)], exact: true });
    return { curve: here.curve, at, breaks: here.breaks };
  }
  return { known, learn, numbers, find };
}

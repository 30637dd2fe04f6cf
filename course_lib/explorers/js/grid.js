// The positions of a slider: the kernel computed its numbers at each of them.
import { fixed } from "./plot.js";

export function grid({ low, step, decimals }, count) {
  const xs = Array.from({ length: count }, (_, i) => low + i * step);
  const index = (x) => Math.min(count - 1, Math.max(0, Math.round((x - low) / step)));
  const nearest = (x) => Number(xs[index(x)].toFixed(decimals));
  // About 16 rows of a table; `cells` gives what stands in row i beside x.
  const every = Math.ceil((count - 1) / 16);
  const rows = (cells) => xs.flatMap((x, i) => (i % every === 0 ? [[fixed(nearest(x), decimals), ...cells(i)]] : []));
  return { xs, index, nearest, rows };
}

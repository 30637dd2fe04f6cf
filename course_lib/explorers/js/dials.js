// A slider for each number of the parameters of the functions that are drawn.
import { html, brief } from "./plot.js";
import { sliderRow, button } from "./controls.js";

// `onMove` gets a function's name and all its numbers; `numbersOf(name)` gives the present ones.
export function dialRows(onMove, numbersOf) {
  const node = html("div", { class: "dials", role: "group", "aria-label": "Parameters" });
  let [rows, last] = [[], ""];

  function row(name, dial, meaning) {
    const { name: symbol, label, low, high, step, decimals } = dial;
    const onInput = (wanted) => {
      last = symbol;
      const numbers = numbersOf(name);
      const number = Number(kept(symbol, wanted, numbers, step).toFixed(decimals));
      onMove(name, { ...numbers, [symbol]: number });
    };
    const slider = sliderRow({ label, low, high, step, decimals, onInput });
    slider.row.append(html("span", { class: "meaning" }, meaning));
    return { name, symbol, slider };
  }

  function arrange(functions) {
    rows = functions.flatMap(({ name, dials, card }) => dials.map((dial) =>
      row(name, dial, card.parameters[dial.name] ?? (dial.name === dials[0].name ? Object.values(card.parameters)[0] : ""))));
    const reset = button("Parameters back to their defaults", () => {
      for (const { name, dials } of functions) {
        if (dials.length) onMove(name, Object.fromEntries(dials.map((dial) => [dial.name, dial.value])));
      }
    });
    node.replaceChildren(...rows.map(({ slider }) => slider.row), rows.length ? reset : "");
    node.hidden = !rows.length;
  }
  const show = (spoken) => {
    for (const { name, symbol, slider } of rows) {
      const number = numbersOf(name)[symbol];
      slider.show(number, `${symbol} = ${brief(number)}. ${spoken}`);
    }
  };
  return { node, arrange, show, last: () => last };
}

// low stays below high, whichever of the two is moved.
function kept(symbol, wanted, { low, high }, step) {
  if (symbol === "low" && high !== undefined) return Math.min(wanted, high - step);
  if (symbol === "high" && low !== undefined) return Math.max(wanted, low + step);
  return wanted;
}

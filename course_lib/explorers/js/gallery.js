import { html, threeDigits, fixed, inWords, keepKeys, atRest } from "./plot.js";
import { shape, lineSample } from "./marks.js";
import { liveTable, problemLine, linked } from "./controls.js";
import { reachRows } from "./reach.js";
import { grid } from "./grid.js";
import { overlay, tone, STYLES } from "./overlay.js";
import { specimens } from "./specimens.js";
import { card, vectorTable } from "./cards.js";
import { dialRows } from "./dials.js";
import { bent } from "./bent.js";

function render({ model, el }) {
  const setting = model.get("setting");
  const { functions, vectors, filters, reaches, farthest, step, most } = setting;
  const positions = grid({ low: -farthest, step, decimals: 2 }, Math.round((2 * farthest) / step) + 1);
  const { known, learn, numbers, find } = bent(setting, positions);
  const seen = (name) => find(name, state.now.parameters, dials.last());

  const picture = overlay((x) => act({ x: go(x) }));
  const list = specimens({
    functions, filters, curves: functions.map(({ name }) => known.get(name).plain),
    onFilter: (wanted) => act({ filters: wanted }), onChoose: choose,
  });
  const says = html("p", { class: "feedback", role: "status" });
  const { slider, choice: reachRow, hint, fit: fitSlider, go } = reachRows({
    reaches, farthest, step, positions, now: () => state.now, act, tell: (sentence) => { says.textContent = sentence; },
  });
  const heading = html("p", {});
  const readout = html("div", { class: "readout" });
  const cards = html("div", { class: "cards" });
  const table = liveTable();
  const dials = dialRows((name, moved) => act({ parameters: { ...state.now.parameters, [name]: moved } }),
    (name) => numbers(name, state.now.parameters));
  const words = () => [...readout.children].map((line) => line.textContent.trim()).join(". ");
  const state = linked(model, ["chosen", "x", "reach", "parameters", "filters"], draw, words);

  // What was said of the last action is no news after the next one.
  function act(changes, keeps = false) {
    if (!keeps) says.textContent = "";
    state.set(changes);
  }

  function choose(name) {
    const { chosen } = state.now;
    const has = chosen.includes(name);
    says.textContent = has && chosen.length === 1 ? `${name} stays, for it is the only one: choose another one first.`
      : !has && chosen.length === most ? `${inWords(chosen)} are drawn, and more could not be told apart: to see ${name}, ` +
        "take one of them away first." : "";
    if (!says.textContent) state.set({ chosen: has ? chosen.filter((other) => other !== name) : [...chosen, name] });
  }

  // What belongs to the chosen functions is made anew when others are chosen; the slider of x follows the axis.
  let [shown, lines, filled] = [{}, [], []];
  function arrange({ chosen, reach, filters: wanted }) {
    const others = chosen.join() !== shown.chosen?.join();
    if (others) {
      lines = chosen.map((name, k) => {
        const [value, slope] = ["function", "derivative"].map((colour) => html("b", { class: tone(colour, k) }));
        const note = html("span", {});
        const line = html("p", {}, lineSample(`curve ${STYLES[k]}`, shape(k, "point")),
          ` ${name}: value `, value, ", slope ", slope, note);
        return { line, value, slope, note };
      });
      readout.replaceChildren(heading, ...lines.map(({ line }) => line));
      dials.arrange(chosen.map((name) => known.get(name)));
      filled = chosen.map((name, k) => card(known.get(name), k, filters, () => choose(name)));
      cards.replaceChildren(...filled.map(({ node }) => node));
      keepKeys(el);
    }
    if (reach !== shown.reach) fitSlider(reach);
    if (others || wanted !== shown.filters) list.show(wanted, chosen);
    shown = { chosen, reach, filters: wanted };
  }

  function draw(now) {
    const { chosen, x, reach } = now;
    arrange(now);
    const found = chosen.map(seen);
    const readings = found.map(({ at }) => at(x));
    picture.draw({ names: chosen, reach, curves: found.map(({ curve }) => curve) });
    picture.mark(x, readings);
    heading.textContent = `At x = ${fixed(x, 2)}`;
    readings.forEach(({ value, slope, exact }, k) => {
      const about = exact ? "" : "≈ ";
      lines[k].value.textContent = about + threeDigits(value);
      lines[k].slope.textContent = about + threeDigits(slope);
      const broken = found[k].curve.edges.slice(1, -1).some((edge) => Math.abs(edge - x) < 1e-9);
      lines[k].note.textContent = broken ? ", the course's choice here" : "";
      if (found[k].breaks) filled[k].fill(found[k].breaks);
    });
    reachRow.show(reach);
    const spoken = lines.map(({ line }) => line.textContent.trim()).join("; ");
    slider.show(x, `x = ${fixed(x, 2)}. ${spoken}`);
    dials.show(`At x = ${fixed(x, 2)}: ${spoken}`);
    tabulate();
  }
  const tabulate = atRest(300, () => {
    const { chosen, reach } = state.now;
    const found = chosen.map(seen);
    const places = Array.from({ length: 17 }, (_, i) => positions.nearest(-reach + (i * reach) / 8));
    table.fill(`${inWords(chosen)}, and their slopes`, ["x", ...chosen.flatMap((name) => [name, `slope of ${name}`])],
      places.map((x) => [fixed(x, 2), ...found.map(({ at }) => at(x)).flatMap(({ value, slope }) => [value, slope].map(threeDigits))]));
  });
  const heard = () => { learn(model.get("curves")); draw(state.now); };
  let narrow = false;
  const fit = new ResizeObserver(() => {
    const isNarrow = el.clientWidth > 0 && el.clientWidth < 480;
    if (isNarrow !== narrow) { narrow = isNarrow; picture.shrink(narrow); draw(state.now); }
  });

  el.classList.add("course-explorer", "course-gallery");
  el.append(html("p", { class: "title" }, `${functions.length} activations: choose up to three`),
    list.node, says, picture.node, slider.row, hint, readout, dials.node, html("p", { class: "choices" }, reachRow.row),
    problemLine(model), table.node, cards, vectorTable(vectors), state.spoken);
  learn(model.get("curves"));
  model.on("change:curves", heard);
  const stop = state.start(el);
  keepKeys(el);
  fit.observe(el);
  return () => { fit.disconnect(); tabulate.cancel(); model.off("change:curves", heard); stop(); };
}

export default { render };

import { html, keepKeys, threeDigits, atRest } from "./plot.js";
import { sliderRow, liveTable, announcer, problemLine, scrollable } from "./controls.js";
import { selectRow } from "./choices.js";

// The kernel computes and draws; this page only asks and shows. ipywidgets sends one change at a time and keeps
// only the latest while the kernel is drawing, so a held key never leaves a queue of old pictures behind.
function render({ model, el }) {
  const image = html("img", { width: model.get("width") });
  const picture = scrollable("Picture", image);
  const readout = html("p", { class: "readout" });
  const table = liveTable();
  const { node: spoken, say } = announcer();
  const rows = model.get("controls").map((control) => {
    const { name, label, options } = control;
    const onInput = (value) => { model.set(name, value); model.save_changes(); show(); };
    const made = options ? selectRow({ ...control, onInput }) : sliderRow({ ...control, onInput });
    const show = () => made.show(model.get(name), `${label} ${threeDigits(model.get(name))}`);
    model.on(`change:${name}`, show);
    show();
    return made.row;
  });

  let url = "";
  function draw() {
    const before = url;
    url = URL.createObjectURL(new Blob([model.get("frame")], { type: "image/png" }));
    image.onload = () => URL.revokeObjectURL(before);
    image.src = url;
    image.alt = model.get("alt");
  }
  // The words change with each picture; they are announced, and the table is made, when the hand rests.
  const settle = atRest(400, () => {
    say(readout.textContent);
    const { head, rows: cells } = model.get("table");
    table.fill(model.get("alt"), head, cells);
  });
  const read = () => { readout.textContent = model.get("readout"); settle(); };
  model.on("change:frame", draw);
  model.on("change:readout change:table", read);

  el.classList.add("course-explorer", "course-experiment");
  const note = model.get("note") ? html("p", { class: "note" }, model.get("note")) : "";
  el.append(picture, ...rows, readout, note, problemLine(model), table.node, spoken);
  keepKeys(el);
  draw();
  read();
  return () => { settle.cancel(); URL.revokeObjectURL(url); };
}

export default { render };

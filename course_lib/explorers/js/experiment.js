import { html, keepKeys, threeDigits, atRest } from "./plot.js";
import { sliderRow, tableDisclosure, announcer, problemLine } from "./controls.js";

// The kernel computes and draws; this page only asks and shows. ipywidgets sends one change at a time and keeps
// only the latest while the kernel is drawing, so a held key never leaves a queue of old pictures behind.
function render({ model, el }) {
  const image = html("img", { width: model.get("width") });
  const readout = html("p", { class: "readout" });
  const table = html("div", {});
  const { node: spoken, say } = announcer();
  const rows = model.get("controls").map((control) => {
    const { name, label } = control;
    const slider = sliderRow({
      ...control,
      onInput: (value) => { model.set(name, value); model.save_changes(); show(); },
    });
    const show = () => slider.show(model.get(name), `${label} ${threeDigits(model.get(name))}`);
    model.on(`change:${name}`, show);
    show();
    return slider.row;
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
    const open = table.querySelector("details")?.open ?? false;
    table.replaceChildren(tableDisclosure(model.get("alt"), head, cells));
    table.querySelector("details").open = open;
    keepKeys(table);
  });
  const read = () => { readout.textContent = model.get("readout"); settle(); };
  model.on("change:frame", draw);
  model.on("change:readout", read);

  el.classList.add("course-explorer", "course-experiment");
  el.append(image, ...rows, readout, problemLine(model), table, spoken);
  keepKeys(el);
  draw();
  read();
  return () => { settle.cancel(); URL.revokeObjectURL(url); };
}

export default { render };

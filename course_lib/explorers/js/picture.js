import { html, keepKeys } from "./plot.js";
import { tableDisclosure } from "./controls.js";

function render({ model, el }) {
  const url = URL.createObjectURL(new Blob([model.get("png")], { type: "image/png" }));
  const { alt, width, table } = model.get("setting");
  el.classList.add("course-explorer", "course-picture");
  el.append(html("img", { src: url, alt, width }));
  if (table.head.length) el.append(tableDisclosure(alt, table.head, table.rows));
  keepKeys(el);
  return () => URL.revokeObjectURL(url);
}

export default { render };

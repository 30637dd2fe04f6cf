// The pointer on a drawing.

// Call `act` with the place of the pointer, in the units of the axes, while it is held down on a drawing, and with
// whether it has just been pressed.
export function draggable({ root, left, right, bottom, top }, act) {
  const [x, y] = ["x", "y"].map((name) => root.dataset[name].split(" ").map(Number));
  const along = ([from, to], part) => from + part * (to - from);
  const drag = (event, begins) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(root.getScreenCTM().inverse());
    act(along(x, (at.x - left) / (right - left)), along(y, (at.y - bottom) / (top - bottom)), begins);
  };
  root.addEventListener("pointerdown", (event) => { root.setPointerCapture(event.pointerId); drag(event, true); });
  root.addEventListener("pointermove", (event) => { if (root.hasPointerCapture(event.pointerId)) drag(event, false); });
  root.classList.add("draggable");
}

// The slider through the steps h, with which a difference is taken: ten for each decade.
import { sliderRow } from "./controls.js";

export function stepRow({ steps, onInput }) {
  const distance = (step, h) => Math.abs(Math.log(step / h));
  const nearest = (h) => steps.reduce((best, step) => (distance(step, h) < distance(best, h) ? step : best));
  return sliderRow({
    label: "h", low: steps[0], high: steps.at(-1), step: 0.1, log: true, onInput: (h) => onInput(nearest(h)),
  });
}

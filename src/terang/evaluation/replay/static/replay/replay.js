/* A slider beside each number of a replay, and a picture that follows while it moves. The number stays the field that is
   sent; without this script the form does all. At most one question every PACE ms; htmx sends the last of those that wait
   for an answer, so that the picture ends where the slider does. */
(() => {
  "use strict";
  const PACE = 120;
  document.querySelectorAll("input[data-knob]").forEach((number) => {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = Math.ceil(Number(number.min));
    slider.max = number.max;
    slider.step = 1;
    slider.value = number.value;
    slider.setAttribute("aria-label", number.labels[0].textContent);
    slider.setAttribute("aria-describedby", number.getAttribute("aria-describedby"));
    slider.addEventListener("input", () => { number.value = slider.value; });
    number.addEventListener("input", () => { if (number.value) slider.value = number.value; });
    number.before(slider);
  });
  const form = document.querySelector(".replay-panel");
  let waiting = null;
  form.addEventListener("input", () => {
    waiting = waiting || setTimeout(() => { waiting = null; form.dispatchEvent(new Event("turned")); }, PACE);
  });
})();

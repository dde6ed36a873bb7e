/* "Pakai lokasi saya": puts the coordinates into the form and lets the suggestions look again. Without it the address is enough. */
"use strict";
(() => {
  const box = document.querySelector("[data-place]");
  if (!box || !("geolocation" in navigator)) return;
  const form = box.closest("form"), told = box.querySelector("[data-told]");
  const find = box.querySelector("[data-find]"), drop = box.querySelector("[data-drop]");
  const fields = [form.elements.latitude, form.elements.longitude];

  function show(text) { told.textContent = text; drop.hidden = !fields[0].value; }
  function put(values) {
    fields.forEach((field, index) => { field.value = values[index]; });
    fields[0].dispatchEvent(new Event("change", { bubbles: true }));
  }
  find.hidden = false;
  if (fields[0].value) show(box.dataset.kept);
  find.addEventListener("click", () => {
    show(box.dataset.finding);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { put([coords.latitude.toFixed(6), coords.longitude.toFixed(6)]); show(box.dataset.kept); },
      () => show(box.dataset.failed),
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 30000 },
    );
  });
  drop.addEventListener("click", () => { put(["", ""]); show(""); });
})();

/* Reads where the device is before presence is recorded, only where the rule asks for it. Without it the form still works. */
"use strict";
(() => {
  const form = document.querySelector("form[data-punch]");
  if (!form) return;
  const told = form.querySelector("[data-told]");
  const anyway = form.querySelector("[data-anyway]");
  let done = !("place" in form.dataset);

  function say(text, offer) {
    told.textContent = text;
    told.hidden = false;
    if (offer) anyway.hidden = false;
  }
  function put(name, value) { form.elements[name].value = value; }
  function found(position) {
    const { latitude, longitude, accuracy } = position.coords;
    put("latitude", latitude.toFixed(6));
    put("longitude", longitude.toFixed(6));
    put("accuracy", Math.ceil(accuracy));
    done = true;
    form.requestSubmit();
  }
  function lost(error) {
    say(error.code === error.PERMISSION_DENIED ? form.dataset.denied : form.dataset.failed, true);
  }
  /* Capturing on the document: before anything else hears of it, a form that still waits for its place is not sent. */
  document.addEventListener("submit", (event) => {
    if (event.target !== form) return;
    put("device_at", Date.now());
    if (done || event.submitter === anyway) return;
    event.preventDefault();
    event.stopPropagation();
    if (!("geolocation" in navigator)) return say(form.dataset.unsupported, true);
    say(form.dataset.finding, false);
    navigator.geolocation.getCurrentPosition(found, lost, { enableHighAccuracy: true, timeout: 20000, maximumAge: 30000 });
  }, true);
})();

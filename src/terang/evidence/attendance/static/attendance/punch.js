/* Reads where the device is before presence is recorded, only where the rule asks for it. Without it the form still works. */
"use strict";
(() => {
  const form = document.querySelector("form[data-punch]");
  if (!form) return;
  const told = form.querySelector("[data-told]");
  const button = form.querySelector(".punch-button");
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
    button.disabled = false;
    form.requestSubmit(button);
  }
  function lost(error) {
    button.disabled = false;
    say(error.code === error.PERMISSION_DENIED ? form.dataset.denied : form.dataset.failed, true);
  }
  button.addEventListener("click", (event) => {
    if (done || !form.reportValidity()) return;
    event.preventDefault();
    if (!("geolocation" in navigator)) return say(form.dataset.unsupported, true);
    button.disabled = true;
    say(form.dataset.finding, false);
    navigator.geolocation.getCurrentPosition(found, lost, { enableHighAccuracy: true, timeout: 20000, maximumAge: 30000 });
  });
  form.addEventListener("formdata", (event) => event.formData.set("device_at", Date.now()));
})();

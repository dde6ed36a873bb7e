/* The form of an entry without a network: filled from what this device keeps, kept sealed until it is sent. */
"use strict";
(() => {
  const page = document.getElementById("luring");
  const words = page.dataset;
  const form = page.querySelector("form");
  const part = (name) => page.querySelector(`[data-part=${name}]`);
  const slot = (name) => page.querySelector(`[data-slot=${name}]`);
  const copy = (name) => page.querySelector(`[data-template=${name}]`).content.firstElementChild.cloneNode(true);
  const purpose = form.querySelector("[data-field=purpose]");

  // What can be chosen
  function draw(desk) {
    const choices = desk?.choices || [];
    purpose.hidden = !choices.length;
    slot("choices").replaceChildren(...choices.map(({ key, label }) => {
      const choice = copy("choice");
      choice.querySelector("input").value = key;
      choice.querySelector("span").textContent = label;
      return choice;
    }));
    part("favourites").hidden = !desk?.favourites.length;
    part("favourites").replaceChildren(...(desk?.favourites || []).map((favourite) => {
      const button = copy("favourite");
      button.querySelector("span").textContent = favourite.name;
      button.onclick = () => fill(Object.entries(favourite));
      return button;
    }));
    part("nodesk").hidden = Boolean(choices.length);
  }
  /** `row` where one came back: it may bring an amount that the server asks about. */
  function fill(pairs, row = null) {
    for (const [name, value] of pairs) {
      const input = form.elements.namedItem(name);
      if (name !== "purpose" && input?.type !== "file" && input?.value !== undefined) input.value = value;
      if (name === "purpose") purpose.querySelectorAll("input").forEach((choice) => { choice.checked = choice.value === value; });
    }
    if (row) ask(row.state === "wrong" && row.answer?.unsure);
  }
  function faults() {
    const found = {};
    if (!purpose.hidden && !form.querySelector("[name=purpose]:checked")) found.purpose = [words.pick];
    if (!form.elements.text.value.trim()) found.text = [words.empty];
    return found;
  }
  /** The amount the server asks about is confirmed by itself: another amount is asked about anew. */
  function ask(unsure) {
    part("unsure").hidden = !unsure;
    Object.assign(form.elements.sure, { value: unsure || "", checked: false });
  }
  function reset() {
    form.elements.day.max = KeptForm.today();
    form.elements.day.value = KeptForm.today();
    ask("");
  }

  KeptForm(page, { kind: "entry", files: "proof", draw, fill, faults, reset });
})();

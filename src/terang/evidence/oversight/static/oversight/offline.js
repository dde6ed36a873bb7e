/* The form of a point without a network: for the visits that were prepared on this device, kept sealed until it is sent. */
"use strict";
(() => {
  const page = document.getElementById("butir-luring");
  const words = page.dataset;
  const form = page.querySelector("form");
  const part = (name) => page.querySelector(`[data-part=${name}]`);
  const { inspection, criterion, employee, note, advice, mend_due_on: mended } = form.elements;
  const prepared = form.querySelector("#prepared");
  const OWN = "*";
  const language = document.documentElement.lang;
  let visits = [];
  let latest = new URLSearchParams(location.search).get("kunjungan");

  const option = (value, text) => new Option(text, value);
  const day = (text) => new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(text));
  const missed = () => form.elements.met.value === "tidak";
  const visit = () => visits.find((each) => String(each.id) === inspection.value);

  // What can be chosen
  function draw(desk) {
    visits = desk?.visits || [];
    inspection.replaceChildren(...visits.map((each) => option(each.id, `${day(each.day)}, ${each.unit}: ${each.purpose}`)));
    part("nodesk").hidden = visits.length > 0;
    choose(latest);
  }
  /** The wanted visit, or where it is not prepared here `otherwise`; without one it has to be chosen. */
  function choose(wanted, otherwise = inspection.options[0]?.value || "") {
    inspection.value = visits.some((each) => String(each.id) === wanted) ? wanted : otherwise;
    const now = visit();
    const [whole] = employee.options;
    employee.replaceChildren(whole, ...(now?.people || []).map((each) => option(each.id, each.name)));
    const [none, own] = [prepared.options[0], prepared.options[prepared.options.length - 1]];
    prepared.replaceChildren(none, ...(now?.criteria || []).map((text) => option(text, text)), own);
    [employee.value, prepared.value] = ["", ""];
    settle();
  }
  /** What belongs together: an own standard has a field, a finding has a note, and advice with its day. */
  function settle() {
    criterion.hidden = prepared.value !== OWN;
    if (prepared.value !== OWN) criterion.value = prepared.value;
    part("free").hidden = missed();
    part("missed").hidden = !missed();
    mended.min = KeptForm.today();
  }
  inspection.onchange = () => {
    latest = inspection.value;
    choose(latest);
  };
  prepared.onchange = () => {
    criterion.value = "";
    settle();
    if (prepared.value === OWN) criterion.focus();
  };
  form.addEventListener("change", settle);

  function fill(pairs) {
    const told = Object.fromEntries(pairs);
    choose(told.inspection, "");
    for (const name of ["employee", "met", "note", "advice", "mend_due_on"]) form.elements[name].value = told[name] || "";
    prepared.value = told.criterion;
    if (prepared.value !== told.criterion) prepared.value = OWN;
    criterion.value = told.criterion;
    settle();
  }
  function faults() {
    const found = {};
    if (!inspection.value) found.inspection = [words.pickVisit];
    if (!criterion.value.trim()) found.criterion = [words.pickCriterion];
    if (!form.elements.met.value) found.met = [words.pickMet];
    if (missed() && !note.value.trim()) found.note = [words.emptyNote];
    if (missed() && advice.value.trim() && !mended.value) found.mend_due_on = [words.pickDay];
    return found;
  }
  /** How the list of what waits tells of it. */
  function about() {
    const { unit = "", day: on = "" } = visit() || {};
    const who = employee.value ? employee.selectedOptions[0].textContent : "";
    return { text: `${criterion.value.trim()}: ${missed() ? words.missed : words.met}`, purpose: [unit, who].filter(Boolean).join(", "), day: on };
  }

  KeptForm(page, { kind: "point", files: "photos", draw, fill, faults, about, reset: () => choose(latest) });
})();

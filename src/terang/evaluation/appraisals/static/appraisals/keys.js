// Many ratings in one sitting: in a rating, 1, 2 and 3 choose and go on to the next, after the last to the reason;
// Ctrl+Enter decides and opens the next person. Single keys work only where a rating has the focus, never while somebody writes.
(() => {
  const sheet = document.querySelector(".ap-sheet");
  if (!sheet) return;
  const words = { 1: "above", 2: "meets", 3: "below" };
  const names = [...new Set([...sheet.querySelectorAll("input[type=radio]")].map((each) => each.name))];
  const group = (name) => [...sheet.querySelectorAll("input[type=radio]")].filter((each) => each.name === name);
  const focus = (name) => {
    const choices = group(name);
    (choices.find((each) => each.checked) || choices[0])?.focus();
  };
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      sessionStorage.setItem("rating-by-keys", "1");
      sheet.requestSubmit(sheet.querySelector("button[name=onward]"));
      return;
    }
    const { target } = event;
    if (target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey || !words[event.key]) return;
    const choice = group(target.name).find((each) => each.value === words[event.key]);
    if (!choice) return;
    event.preventDefault();
    choice.click();
    const next = names[names.indexOf(target.name) + 1];
    if (next) focus(next);
    else sheet.querySelector("textarea[name=reason]").focus();
  });
  if (sessionStorage.getItem("rating-by-keys") && names.length) {
    sessionStorage.removeItem("rating-by-keys");
    focus(names[0]);
  }
})();

// Types a paper form in by single keys. Without it, the same fields are filled in and sent like any form.
"use strict";

const form = document.querySelector("[data-paper]");
const fields = [...form.querySelectorAll(".paper-key")];
const store = form.querySelector("[data-store]");
const correct = document.querySelector("[data-correct]");
const YES = "1", NO = "2", EARLY = "paper-early";
const isSecond = ["second", "resolve"].includes(form.elements.step.value); // the first typing is on this page alone
const isFresh = form.elements.step.value === "first" && fields.every((field) => !field.defaultValue);
let sent = false;

const boxes = (field) => JSON.parse(field.dataset.boxes);
const livesElsewhere = () => form.elements.lives_here?.value === NO;
const isAsked = (field) => !field.dataset.onlyIf || form.elements[field.dataset.onlyIf]?.value === YES;

function show(field) {
  const says = document.getElementById(`${field.id}-says`);
  says.textContent = boxes(field)[field.value] ?? "";
  for (const each of fields) {
    each.disabled = !isAsked(each);
    each.closest(".paper-line").classList.toggle("not-asked", each.disabled);
  }
}

// Goes to the line before or after, past what nobody has to answer; after the last one to the button.
function move(field, steps) {
  const stops = [...fields.filter((each) => !each.disabled), store];
  const next = livesElsewhere() && steps > 0 ? store : stops[stops.indexOf(field) + steps];
  (next ?? correct ?? field).focus();
  next?.select?.();
}

function press(field, key) {
  const known = key in boxes(field);
  if (known || key === "0" || key === " ") {
    field.value = known ? key : key.trim();
    field.removeAttribute("aria-invalid");
    field.classList.remove("is-invalid");
    show(field);
    move(field, 1);
  } else {
    field.setAttribute("aria-invalid", "true");
    field.classList.add("is-invalid");
    document.getElementById(`${field.id}-says`).textContent = form.dataset.noSuchBox;
    field.select();
  }
}

// Whoever types fast is at the next form before its page is. Those keys wait in the tab until the page has come.
function keepEarly(event) {
  event.preventDefault();
  if (event.key.length === 1) sessionStorage.setItem(EARLY, (sessionStorage.getItem(EARLY) ?? "") + event.key);
}

// A page that asks for something else than the next form throws them away: they weren't meant for it.
function takeEarly() {
  const here = fields.find((field) => field === document.activeElement) ?? fields[0];
  const keys = (sessionStorage.getItem(EARLY) ?? "") + here.value;
  sessionStorage.removeItem(EARLY);
  here.value = here.defaultValue;
  let field = here;
  for (const key of isFresh ? keys.toLowerCase() : "") {
    if (!fields.includes(field) || field.matches(".is-invalid")) break;
    press(field, key);
    field = document.activeElement;
  }
}

form.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (sent) return keepEarly(event);
  const steps = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
  if (field === store ? event.key === "ArrowUp" : steps) {
    event.preventDefault();
    move(field, steps);
  } else if (field !== store && event.key.length === 1) {
    event.preventDefault();
    press(field, event.key.toLowerCase());
  }
});
form.addEventListener("input", (event) => show(event.target));
form.addEventListener("focusin", (event) => event.target.select?.());
form.addEventListener("submit", () => { sent = true; });
addEventListener("beforeunload", (event) => {
  if (!sent && (isSecond || fields.some((field) => field.value !== field.defaultValue))) event.preventDefault();
});
addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });
for (const field of fields) field.maxLength = 1;
fields.forEach(show);
takeEarly();

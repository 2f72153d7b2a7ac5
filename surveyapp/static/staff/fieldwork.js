// Keeps the fieldwork page's totals live. Without it, reloading the page does the same.
"use strict";

const TEN_SECONDS = 10_000;
const live = document.querySelector("[data-live]");

function show(name, count) {
  const place = document.querySelector(`[data-count="${name}"]`);
  if (place) place.textContent = count;
  return Boolean(place);
}

function draw(days) {
  const most = Math.max(1, ...Object.values(days));
  for (const [day, count] of Object.entries(days)) {
    const column = document.querySelector(`[data-column="${day}"]`);
    if (!column) continue;
    column.setAttribute("height", (100 * count) / most);
    column.setAttribute("y", 100 - (100 * count) / most);
  }
}

async function renew() {
  const answer = await fetch(live.dataset.live, { headers: { Accept: "application/json" } });
  if (answer.status === 401) return location.reload(); // signed out meanwhile: the page asks to sign in
  if (!answer.ok) return undefined;
  const totals = await answer.json();
  show("responses", totals.responses);
  show("withdrawn", totals.withdrawn);
  document.querySelector("[data-until-answered]")?.toggleAttribute("hidden", totals.responses > 0);
  const known = [
    ...Object.entries(totals.places).flatMap(([id, counts]) =>
      Object.entries(counts).map(([name, count]) => show(`${name}-${id}`, count)),
    ),
    ...Object.entries(totals.days).map(([day, count]) => show(`day-${day}`, count)),
  ];
  draw(totals.days);
  return known.every(Boolean) ? undefined : location.reload(); // a new day or place needs a row
}

if (live?.dataset.live) {
  setInterval(() => document.hidden || renew().catch(() => {}), TEN_SECONDS);
}

// Says that the figures are being computed once the button is pressed, and sends the form once only.
"use strict";

const LONGEST_WAIT = 60_000; // then it may be sent again: the browser's stop button tells nobody
const note = document.querySelector("[data-computing]");
let isSent = false;

function show(sent) {
  isSent = sent;
  note.textContent = sent ? note.dataset.computing : "";
}

note?.closest("form").addEventListener("submit", (event) => {
  if (isSent) event.preventDefault();
  else {
    show(true);
    setTimeout(show, LONGEST_WAIT, false);
  }
});
window.addEventListener("pageshow", () => note && show(false)); // come back to with the browser's own button

// Every answer once more before it is sent; a tap on one leads back to its statement.

function listAnswers() {
  const list = review.querySelector('ul')
  list.textContent = ''
  for (const step of steps.filter(isAsked)) {
    const answer = step.querySelector(':checked + span')
    const row = document.createElement('button')
    row.type = 'button'
    row.innerHTML = `<span>${step.querySelector('h2').innerHTML}</span> ${answer ? `<b>${answer.innerHTML}</b>` : `<small>${list.dataset.skipped}</small>`} <i>${list.dataset.change}</i>`
    row.onclick = () => forward(step)
    list.appendChild(document.createElement('li')).appendChild(row)
  }
}

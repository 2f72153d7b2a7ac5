// While a text is typed, the phone beside it shows it as residents will read it, and its length is counted.

const written = document.getElementById('text')
const shown = document.querySelector('[data-typed]')
const length = document.getElementById('text-length')

function show() {
  const slots = { ...JSON.parse(shown.dataset.slots || '{}') }
  const pattern = shown.dataset.pattern
  if (pattern) slots.initiative = written.value
  shown.textContent = (pattern || written.value).replace(/\{(\w+)\}/g, (slot, name) => slots[name] ?? slot)
}

function count() {
  const characters = [...written.value.trim()].length
  length.textContent = length.dataset.text.replace('#', characters)
  length.classList.toggle('field-error', characters > Number(length.dataset.most))
}

if (written && shown) {
  written.addEventListener('input', () => { show(); count() })
  count()
}

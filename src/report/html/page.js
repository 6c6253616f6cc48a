// Filters the page and opens what a link points at. Without it everything can be read all the same.
const form = document.querySelector('form.filter')
const words = form.elements.q
const boxes = [...form.querySelectorAll('input[name=verdict]')]
const scenarios = [...document.querySelectorAll('details.s')].map((element) => ({
  element,
  verdict: element.dataset.v,
  text: `${element.textContent} ${element.closest('.req').firstElementChild.textContent} ${element.closest('.chapter').firstElementChild.textContent}`.toLowerCase(),
}))

function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean)
  const verdicts = boxes.filter((box) => box.checked).map((box) => box.value)
  const all = wanted.length === 0 && verdicts.length === 0
  let shown = 0
  for (const { element, verdict, text } of scenarios) {
    const fits = (verdicts.length === 0 || verdicts.includes(verdict)) && wanted.every((word) => text.includes(word))
    element.hidden = !fits
    if (fits) shown += 1
  }
  for (const box of document.querySelectorAll('.req, .chapter')) {
    box.hidden = !all && !box.querySelector('details.s:not([hidden])')
  }
  for (const title of document.querySelectorAll('h4')) {
    let next = title.nextElementSibling
    while (next?.matches('.s[hidden]')) next = next.nextElementSibling
    title.hidden = !next?.matches('.s')
  }
  form.querySelector('output').textContent = all ? '' : `${shown} of ${scenarios.length} scenarios`
  const query = new URLSearchParams([...(words.value ? [['q', words.value]] : []), ...verdicts.map((verdict) => ['verdict', verdict])])
  history.replaceState(null, '', `${location.pathname}${query.size > 0 ? `?${query}` : ''}${location.hash}`)
}

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!target) return
  for (let element = target; element; element = element.parentElement) {
    element.hidden = false
    if (element instanceof HTMLDetailsElement) element.open = true
  }
  target.scrollIntoView()
}

form.addEventListener('input', filter)
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('click', ({ target }) => {
  if (!(target instanceof HTMLButtonElement)) return
  for (const { element } of scenarios) if (!element.hidden) element.open = target.value === 'open'
})
addEventListener('hashchange', reveal)
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return
  event.preventDefault()
  words.focus()
})

const asked = new URLSearchParams(location.search)
words.value = asked.get('q') ?? ''
for (const box of boxes) box.checked = asked.getAll('verdict').includes(box.value)
if (asked.size > 0) filter()
reveal()

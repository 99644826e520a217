// Ask how far the run is once a second; when it has ended, show the week anew.
// The words are read aloud when they change, so the time that has gone is shown by the bar alone.

const box = document.querySelector('[data-progress]')
const text = box.querySelector('[data-progress-text]')
const bar = box.querySelector('[data-progress-bar]')

function say(words) {
  if (text.textContent !== words) text.textContent = words
}

async function look() {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Error(String(answer.status))
    const seen = await answer.json()
    if (!seen.active) return window.location.reload()
    say(seen.text)
    bar.value = seen.percent
  } catch {
    say('The server does not answer. Trying again.')
  }
  window.setTimeout(look, 1000)
}

look()

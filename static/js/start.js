// Start the interactive parts of the page, then mark it ready.
// Pages must read and work without this: when static/vendor is not built, only the mark is set.

const root = document.documentElement

try {
  const { initAll } = await import('../vendor/govuk-frontend.min.js')
  initAll()
  root.dataset.components = 'started'
} catch {
  root.dataset.components = 'missing'
}
root.dataset.ready = ''

// Build static/vendor: the style sheet, and the parts of govuk-frontend that pages load.
//
// The prebuilt style sheet of govuk-frontend is not used: it brings the GDS Transport font, the
// crown and the crest, which belong to GOV.UK alone. Only code and styles are copied, no images.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const vendor = join(root, 'static', 'vendor')
const govuk = join(root, 'node_modules', 'govuk-frontend')

const { css } = compile(join(root, 'assets', 'scss', 'main.scss'), {
  loadPaths: [join(root, 'node_modules')],
  quietDeps: true,
  charset: false,
  style: 'compressed'
})
for (const foreign of ['GDS Transport', 'crest', 'crown', '@font-face', 'url(']) {
  if (css.includes(foreign)) {
    throw new Error(`The style sheet holds "${foreign}", which only GOV.UK may use or nobody serves.`)
  }
}
const { version } = JSON.parse(readFileSync(join(govuk, 'package.json'), 'utf8'))
const notice =
  `/*! Holds govuk-frontend ${version}, MIT licence, ` +
  'Crown copyright (Government Digital Service). */\n'
const script = readFileSync(join(govuk, 'dist/govuk/govuk-frontend.min.js'), 'utf8')
rmSync(vendor, { recursive: true, force: true })
mkdirSync(vendor, { recursive: true })
writeFileSync(join(vendor, 'pipe-sched.css'), notice + css)
writeFileSync(
  join(vendor, 'govuk-frontend.min.js'),
  notice + script.replace(/^\/\/# sourceMappingURL=.*$/m, '')
)
console.log(`Built static/vendor (style sheet ${Math.round(css.length / 1024)} KiB).`)

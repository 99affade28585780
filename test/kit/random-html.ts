import type { Random } from './random.ts'

/** Tags, styles and remnants of other programs, as a random document throws them together. */
const TAGS = (
  'p div span b i em strong s del ins u sup sub a li ul ol table tbody tr td th h2 blockquote pre br hr img font o:p ' +
  'st1:place section button select svg style script template dl dd figure w:sdt'
).split(' ')
/** Bold as such, which is not emphasis. */
const HEADS = ['h2', 'th']
const STYLES = [
  'display:none',
  'display:inline',
  'display:block',
  'display:flex',
  'font-weight:bold',
  'font-weight:400',
  'font-style:italic',
  'text-decoration:line-through',
  'visibility:hidden',
  'visibility:visible',
  'font-size:0',
  'font-size:12px',
  'white-space:pre-wrap',
  'white-space:pre-line',
  'mso-list:l0 level1 lfo1',
  'mso-list:Ignore',
  'mso-element:footnote-list',
  'vertical-align:super',
  'font:',
  ';;:',
  "content:'",
]
const REMNANTS = [
  '<!--StartFragment-->',
  '<!--EndFragment-->',
  '<![if !supportLists]>',
  '<![endif]>',
  '<!--[if mso]>x<![endif]-->',
  '<style>p{font-weight:bold} .a{display:none} }{ @media x{',
  '</p>',
  '</table>',
  '<td>',
  '<tr>',
  '&nbsp;',
  '&shy;',
  '&#8238;',
  '&#0;',
  '\n',
  '  ',
  '<',
  '&',
  '<a href="#_ftn1">[1]</a>',
  '<sup>2</sup>',
]

/**
 * A document of about so many parts, well formed only by chance. Its words are `w0`, `w1` … in the order of its source.
 * Without `remnants` a browser shows it as its author meant it.
 */
export function randomHtml(random: Random, parts: number, remnants = true): string {
  const open: string[] = []
  let html = ''
  for (let i = 0; i < parts; i++) {
    const dice = random.int(10)
    if (dice < 4) html += `w${i}`
    else if (dice < 7) {
      const tag = random.pick(remnants ? TAGS : TAGS.filter((name) => !HEADS.includes(name)))
      const style = random.int(2) === 0 ? ` style="${stylesOf(random, remnants)}"` : ''
      html += `<${tag}${style}${random.int(6) === 0 ? ' class="a" hidden' : ''}>`
      open.push(tag)
    } else if (dice < 9) html += `</${open.pop() ?? 'p'}>`
    else html += remnants ? random.pick(REMNANTS) : random.pick([' ', '\n', '&nbsp;'])
  }
  return html
}

/** Without remnants one that is complete. */
function stylesOf(random: Random, remnants: boolean): string {
  const one = random.pick(remnants ? STYLES : STYLES.filter((style) => !style.endsWith("'")))
  return remnants ? `${one};${random.pick(STYLES)}` : one
}

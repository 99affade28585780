/** Tables that a text draws with signs: pipes, as Markdown has them, `+---+`, and the lines of box drawing. */
export interface Bordered {
  /** Rows have a tab between two cells, and rules are empty. */
  readonly lines: readonly string[]
  /** The indexes of the rows. */
  readonly rows: ReadonlySet<number>
  readonly rules: ReadonlyMap<number, 'single' | 'double'>
}

const BORDER = /[|│┃║]/u
/** A rule: signs of a border alone, and more than one of them. */
const RULE = /^[|+:=\-─━═┄┈┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫│┃║╌\s]*$/u
/** Signs without which a line of dashes is a separator or the underline of a heading. */
const CROSSING = /[|+┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫]/u
const DASHES = /[-=─━═┄┈╌]{2}|:-|-:/u

/** Rules below columns that only gaps divide: `=====  ====`, or one line below a row. */
const GAPPED = /^\s*[-=─]{2,}(?:\s+[-=─]{2,})*\s*$/u
const GAP = /\S(?: {2,}| *\t\s*)\S/u

export const isRule = (line: string): boolean => RULE.test(line) && CROSSING.test(line) && DASHES.test(line)

/**
 * Takes the borders off the rows of tables. A row stands between borders; or has some within, and a rule or a row with as many stands
 * beside it.
 */
export function withoutBorders(raw: readonly string[]): Bordered {
  const rows = new Set<number>()
  const rules = new Map<number, 'single' | 'double'>()
  if (!raw.some((line) => BORDER.test(line) || isRule(line) || GAPPED.test(line)))
    return { lines: raw, rows, rules }
  const cells = raw.map(cellsOfRow)
  const framed = raw.map((line) => isFramed(line))
  const lines = raw.map((line, i) => {
    const own = cells[i]?.length ?? 0
    if (own < 2) return line
    const isBeside = [i - 1, i + 1].some(
      (beside) => isRule(raw[beside] ?? '') || (own > 2 && cells[beside]?.length === own),
    )
    if (!framed[i] && !isBeside) return line
    rows.add(i)
    return (cells[i] ?? []).join('\t')
  })
  return {
    lines: lines.map((line, i) => {
      if (rows.has(i) || !(isRule(line) ? nearRow(raw, rows, i) : isBetweenGaps(raw, i))) return line
      rules.set(i, /[=═╪╬╤╧]/u.test(line) ? 'double' : 'single')
      return ''
    }),
    rows,
    rules,
  }
}

/** Whether a line of dashes stands between two rows that have gaps, or is itself divided and stands beside one. */
function isBetweenGaps(raw: readonly string[], at: number): boolean {
  if (!GAPPED.test(raw[at] ?? '')) return false
  const beside = [raw[at - 1] ?? '', raw[at + 1] ?? ''].filter((line) => GAP.test(line.trimEnd()))
  return beside.length > (/\S\s+\S/u.test(raw[at] ?? '') ? 0 : 1)
}

/** Whether a row stands beside a rule, other rules between. */
function nearRow(raw: readonly string[], rows: ReadonlySet<number>, at: number): boolean {
  for (const step of [-1, 1]) {
    let i = at + step
    while (isRule(raw[i] ?? '')) i += step
    if (rows.has(i)) return true
  }
  return false
}

/** Whether a line has a border at both ends. */
function isFramed(line: string): boolean {
  const shown = line.trim()
  return BORDER.test(shown.charAt(0)) && BORDER.test(shown.at(-1) ?? '') && shown.at(-2) !== '\\'
}

/** Returns what stands between the borders of a line, of which `\|` is none; null when it has none. */
export function cellsOfRow(line: string): readonly string[] | null {
  if (!BORDER.test(line) || isRule(line)) return null
  const parts: string[] = ['']
  for (const sign of line.match(/\\[\\|]|[|│┃║]|[^\\|│┃║]+|\\/gu) ?? [])
    if (BORDER.test(sign) && sign.length === 1) parts.push('')
    else parts.push(`${parts.pop() ?? ''}${sign.replace(/^\\([\\|])$/u, '$1').replaceAll('\t', ' ')}`)
  // What stands outside of the outer borders is no cell.
  if (parts[0]?.trim() === '') parts.shift()
  if (parts.at(-1)?.trim() === '') parts.pop()
  return parts.map((part) => part.trim())
}

import type { Position } from '../../model/proposals/position.ts'

/**
 * What delegations say of words, in the ways of writing of compilations and in the languages of drafts. `want`: names without
 * a verb.
 */
export type Verb = 'want' | 'delete' | 'retain' | 'withhold' | Exclude<Position, 'oppose'>

/** Before an infinitive: `G77 prefers to delete`. */
const WISH = '(?:(?:prefers?|wants?|wishes|asks?|proposes?|would (?:like|prefer)|suggests?) )?(?:to )?'
const NOT = "(?:cannot|can't|could not|does not|do not|will not) (?:accept|support|agree(?: to)?|join)"

/** The verbs as they stand behind names, without what may stand before them. */
const BEHIND: readonly (readonly [Verb, string])[] = [
  [
    'delete',
    `${WISH}(?:delete[sd]?|deletion|del\\.?|strike|supprimer|suprimir|eliminar|исключить|удалить|حذف|删除)(?: (?:this |the )?para(?:graph|\\.)?)?`,
  ],
  [
    'retain',
    `${WISH}(?:retain(?:s|ed)?|ret\\.|retention|keep(?:s)?|maintain|conserver|maintenir|mantener|conservar|сохранить|الإبقاء|保留)`,
  ],
  [
    'withhold',
    `${WISH}(?:oppose[sd]?|opp\\.?|object(?:s|ed)?|against|${NOT}|no|s['’]oppose|contre|se opone|против|反对)`,
  ],
  [
    'reserve',
    `${WISH}(?:reserve[sd]?|reservation|reserving|reserves (?:its|their) position|bracket(?:s|ed)?|réserve|reserva|оговорка)`,
  ],
  ['come-back', `${WISH}(?:come(?:s)? back|revert(?:s)?|check(?:s|ing)?|awaiting instructions|pending)`],
  ['flexible', '(?:is |are )?(?:flexible|flexibility)'],
  ['support', `${WISH}(?:support(?:s|ed|ing)?|supp\\.?|appuie|apoya|поддерживает|يؤيد|支持)`],
]

/** A verb at the end of what is said, with what divides it from the names. */
export const VERBS: readonly (readonly [Verb, RegExp])[] = BEHIND.map(([verb, pattern]) => [
  verb,
  new RegExp(`\\s*:?\\s*(?<!\\p{L})(?:${pattern})$`, 'iu'),
])

/** What divides a verb from names behind it: a sign, or nothing but a space. */
const BY = '(?:(?<sign>\\s*[:–—-]| by| from)\\s*|\\s+)(?=\\S)'

/** Verbs before the names: `opposed by KEN`, `delete: G77`, `Del. US`, `Retain – G77`, `pending EU`. */
export const VERBS_BEFORE: readonly (readonly [Verb, RegExp])[] = (
  [
    ['delete', '(?:to )?(?:delete[sd]?|deletion|del\\.?|supprimer|suprimir|исключить)'],
    ['retain', '(?:to )?(?:retain(?:ed)?|retention|ret\\.|keep|conserver|mantener|сохранить)'],
    ['withhold', '(?:opposed|opposition|oppose|opp\\.|objection|against)'],
    ['reserve', '(?:reserved|reserve|reservation)'],
    ['come-back', '(?:pending|awaiting)'],
    ['support', '(?:supported|support|supp\\.|seconded|joined)'],
  ] as const
).map(([verb, pattern]) => [verb, new RegExp(`^${pattern}${BY}`, 'iu')])

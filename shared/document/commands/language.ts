import type { Command, CommandResult } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import type { ParagraphId } from '../../model/ids.ts'
import type { Label } from '../../model/label.ts'
import { languageOfLabel } from '../../model/label.ts'
import { firstKey, inLanguage, labelKey } from '../../model/label-path.ts'
import type { Language } from '../../model/language.ts'
import { entriesOf, recordDelete, recordGet, recordSet } from '../records.ts'
import type { OutcomeDocument } from '../schema.ts'
import { paragraphFacts, paragraphsInOrder } from '../schema.ts'
import type { CommandContext, Handlers } from './command-context.ts'

type SetLanguage = Extract<Command, { kind: 'language-set' }>

/** Says in which language a document, or a paragraph of it, is. The words of the labels follow; numbers stay. */
export const language: Handlers<'language-set'> = {
  'language-set': ({ od }: CommandContext, { language: to, paragraph }: SetLanguage): CommandResult =>
    paragraph === undefined ? ofDocument(od, to) : ofParagraph(od, paragraph, to),
}

function ofDocument(od: OutcomeDocument, to: Language | null): CommandResult {
  const from = recordGet(od, 'language') ?? null
  if (from === to) return refuse('nothing-changed', 'It is in this language already.')
  if (to === null) recordDelete(od, 'language')
  else recordSet(od, 'language', to)
  const kept = ownLanguages(od)
  reword(od, (label) =>
    languageOfLabel(label) === (from ?? 'en') && !kept.has(firstKey(label)) ? (to ?? 'en') : null,
  )
  return DONE
}

/** The keys of the labels that blocks with a language of their own bear, as far as paths begin with them. */
const ownLanguages = (od: OutcomeDocument): ReadonlySet<string> =>
  new Set(
    paragraphsInOrder(od).flatMap(({ label, language: own }) =>
      label && !label.within && own ? labelKey(label) : [],
    ),
  )

function ofParagraph(od: OutcomeDocument, id: ParagraphId, to: Language | null): CommandResult {
  const facts = paragraphFacts(od, id)
  const map = od.paragraphs.get(id)
  if (!facts || facts.removed || !map) return refuse('no-such-paragraph', 'This paragraph does not exist.')
  if (facts.kind === 'separator') return refuse('not-allowed', 'A line of asterisks is in no language.')
  const own = recordGet(od, 'language') ?? null
  const next = to === own ? null : to
  if (facts.language === next) return refuse('nothing-changed', 'It is in this language already.')
  if (next === null) map.delete('language')
  else map.set('language', next)
  // What counts below it is named in the language of the label that its path begins with.
  const first = facts.label && !facts.label.within ? labelKey(facts.label) : null
  if (first !== null) reword(od, (label) => (firstKey(label) === first ? (to ?? own ?? 'en') : null))
  return DONE
}

/** Writes the labels of paragraphs and proposals in the language that `choose` returns; null: as they are. */
function reword(od: OutcomeDocument, choose: (label: Label) => Language | null): void {
  const fresh = (label: Label | null | undefined): Label | null => {
    const to = label ? choose(label) : null
    return label && to !== null && to !== languageOfLabel(label) ? inLanguage(label, to) : null
  }
  for (const map of od.paragraphs.values())
    for (const field of ['label', 'former'] as const) {
      const label = fresh(map.get(field) as Label | null | undefined)
      if (label) map.set(field, label)
    }
  for (const [id, issued] of entriesOf(od, 'label')) {
    const label = fresh(issued.label)
    if (label) recordSet(od, `label/${id}`, { ...issued, label })
  }
}

import { followUp } from '#shared/document/issue/follow-up.ts'
import { isLiveHost } from '#shared/document/open.ts'
import {
  addProposal,
  contentOf,
  decisionOf,
  headOf,
  hostText,
  isAgreedParagraph,
  paragraphsInOrder,
} from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { takesBehind } from '#shared/document/tables.ts'
import { anchorAt, itemAt, plainText, resolveAnchor } from '#shared/document/text/anchor.ts'
import type { ImportedBlock, ImportedDraft } from '#shared/model/import.ts'
import { LANGUAGES } from '#shared/model/language.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId, newProposalId } from '#shared/model/ids.ts'
import { POSITIONS } from '#shared/model/proposals/position.ts'
import type { Actor } from '#shared/model/participant.ts'
import { cutQuote, isOnWords } from '#shared/model/proposals/proposal.ts'
import { chair, delegation, Table } from './commanding.ts'
import { draftIn, outlineDraft, shapeOf } from './outlines.ts'
import { someBelow, someNewBlock } from './paragraphs.ts'
import { Random } from './random.ts'

const DELEGATIONS = ['KEN', 'EU', 'G77', 'USA', 'JPN', 'NOR', 'FRA', 'African Group', 'Wakanda'].map(
  delegation,
)
const WORDS =
  'and or reeds rivers tall slowly [sic] and/or / – of the shall should (a) EU 2030 water, wide; *all* m² ［x］ المياه 水／'.split(
    ' ',
  )
const STEPS = 40
/** Proposals nest no deeper here, so that all of them are offered again. */
const DEPTH = 4

/**
 * A document after a random negotiation: brackets in brackets, names, positions, requests, decisions, statuses; with proposed
 * headings and footnotes, families that are moved and deleted, emphasis, and in all languages.
 */
export function negotiatedDocument(seed: number): OutcomeDocument {
  const table = new Table(marked(someDraft(seed), new Random(seed + 300)), seed + 900)
  for (let step = 0; step < STEPS; step++) act(table)
  return table.od
}

function someDraft(seed: number): ImportedDraft {
  const random = new Random(seed)
  return seed % 3 === 0 ? draftIn(random.pick(LANGUAGES), random) : outlineDraft(random, shapeOf(seed))
}

/** With emphasised words, a footnote, and one paragraph in another language. */
function marked(draft: ImportedDraft, random: Random): ImportedDraft {
  if (random.chance(0.4)) return draft
  const note = {
    kind: 'note',
    label: { number: 1, suffix: 0, series: 'note' },
    level: 0,
    text: 'See m².',
  } as const
  const noted = random.int(draft.blocks.length)
  const blocks = draft.blocks.map((block, i): ImportedBlock => {
    const [from, to] = stretch(random, block.text)
    const formats = [{ from, to, format: random.pick(['em', 'strong'] as const) }]
    return {
      ...block,
      ...(from < to && block.kind === 'paragraph' ? { formats } : {}),
      ...(random.chance(0.1) ? { language: random.pick(LANGUAGES) } : {}),
      ...(i === noted && to > 1 ? { notes: [{ at: to, note: 0, printed: '¹' }] } : {}),
    }
  })
  return { ...draft, blocks: [...blocks, note] }
}

function act(table: Table): void {
  const { random, od } = table
  table.now += 1_000
  const actor = random.pick(DELEGATIONS)
  const open = openIn(od)
  const dice = random.next()
  if (dice < 0.5 || open.length === 0) propose(table, actor)
  else if (dice < 0.75) speak(table, actor, random.pick(open))
  else if (dice < 0.87) ask(table, actor)
  else if (dice < 0.92)
    table.run(chair, {
      kind: random.chance(0.7) ? 'proposal-accept' : 'proposal-not-retain',
      proposal: random.pick(open),
    })
  else {
    const paragraph = random.pick(paragraphsInOrder(od)).id
    const pending = random.chance(0.3) ? { pending: [DELEGATIONS[0]!.participant!] } : {}
    const status = random.chance(0.5) ? 'agreed' : 'agreed-ad-ref'
    table.run(chair, {
      kind: 'paragraph-status',
      paragraph,
      status,
      ...pending,
      placement: random.chance(0.2),
    })
  }
}

const openIn = (od: OutcomeDocument): ProposalId[] =>
  ([...od.proposals.keys()] as ProposalId[]).filter((id) => !decisionOf(od, id)).sort()

const phrase = (random: Random): string =>
  Array.from({ length: 1 + random.int(4) }, () => random.pick(WORDS)).join(' ')

/** A proposal as an editor makes it: on words, between them, in another's wording, or a new paragraph. */
function propose(table: Table, actor: Actor): void {
  const { od, random } = table
  const paragraph = random.pick(paragraphsInOrder(od).filter(({ kind }) => kind !== 'separator'))
  const id = newProposalId(table.bytes)
  const by = actor.participant!
  const common = { by, person: actor.name, createdAt: table.now }
  if (random.chance(0.1) && paragraph.kind !== 'note' && takesBehind(od, paragraph.id)) {
    const head = { kind: 'paragraph', ...common, paragraph: paragraph.id, quote: '' } as const
    od.doc.transact(() => {
      addProposal(od, id, head, { kind: 'after', paragraph: paragraph.id }, `We ${phrase(random)}.`)
      followUp(od, { created: [id], anchored: [id], revived: [] })
    })
    return
  }
  const nested = openIn(od).filter((other) => contentOf(od, other)!.length > 0 && depthOf(od, other) < DEPTH)
  const host: HostId = nested.length > 0 && random.chance(0.4) ? random.pick(nested) : paragraph.id
  const within = isProposalId(host) ? headOf(od, host)!.paragraph : paragraph.id
  if (!isLiveHost(od, host) || isAgreedParagraph(od, within) || paragraph.vacant) return
  const text = plainText(hostText(od, host)!)
  const [start, end] = stretch(random, text)
  // Of two requests by one delegation on words that cross nobody could tell the parts apart.
  if (start < end && crossesOwn(od, host, by, start, end)) return
  const words = start < end && random.chance(0.5) ? '' : wordingAt(text, start, end, phrase(random))
  const head = {
    kind: 'text',
    ...common,
    paragraph: within,
    quote: cutQuote(text.slice(start, end)),
  } as const
  od.doc.transact(() => {
    addProposal(od, id, head, anchorAt(od, host, within, start, end), words)
    followUp(od, { created: [id], anchored: [id], revived: [] })
  })
}

function crossesOwn(
  od: OutcomeDocument,
  host: HostId,
  by: ParticipantId,
  start: number,
  end: number,
): boolean {
  return openIn(od).some((id) => {
    const anchor = od.anchors.get(id)
    if (!anchor || !isOnWords(anchor) || anchor.host !== host || headOf(od, id)!.by !== by) return false
    const span = resolveAnchor(od, anchor)
    return span !== null && span.start < end && start < span.end
  })
}

/** With the space that separates an insertion from its neighbours. */
function wordingAt(text: string, start: number, end: number, words: string): string {
  if (start < end) return words
  return text[start - 1] === undefined || text[start - 1] === ' ' ? `${words} ` : ` ${words}`
}

/** At a border of words, or some whole words. */
function stretch(random: Random, text: string): readonly [number, number] {
  const all = [...text.matchAll(/\S+/gu)].map((word) => [word.index, word.index + word[0].length] as const)
  const first = random.int(Math.max(1, all.length))
  const [start, end] = all[first] ?? [0, 0]
  if (random.chance(0.5)) return random.chance(0.5) ? [start, start] : [end, end]
  return [start, all[Math.min(all.length - 1, first + random.int(3))]?.[1] ?? end]
}

function depthOf(od: OutcomeDocument, id: ProposalId): number {
  let depth = 1
  for (let host = hostOf(od, id); isProposalId(host); host = hostOf(od, host)) depth++
  return depth
}

function hostOf(od: OutcomeDocument, id: ProposalId): HostId {
  const anchor = od.anchors.get(id)
  return anchor && 'host' in anchor ? anchor.host : (headOf(od, id)!.paragraph as ParagraphId)
}

function speak(table: Table, actor: Actor, proposal: ProposalId): void {
  const { random } = table
  const dice = random.next()
  if (dice < 0.7) table.run(actor, { kind: 'position-take', on: proposal, position: random.pick(POSITIONS) })
  else if (dice < 0.85)
    table.run(actor, { kind: 'proposal-sponsor', proposal, stance: random.pick(['cosponsor', 'dissociate']) })
  else if (dice < 0.92) {
    const on = random.pick(paragraphsInOrder(table.od)).id
    table.run(actor, { kind: 'position-take', on, position: random.pick(POSITIONS) })
  } else {
    const owner = DELEGATIONS.find(({ participant }) => participant === headOf(table.od, proposal)!.by)
    if (owner)
      table.run(owner, { kind: 'proposal-condition', proposal, condition: { text: 'para 3 goes', on: null } })
  }
}

function ask(table: Table, actor: Actor): void {
  const { od, random } = table
  const proposal = newProposalId(table.bytes)
  table.run(actor, { kind: 'paragraph-propose', proposal, change: someChange(od, random) })
}

function someChange(od: OutcomeDocument, random: Random): ParagraphChange {
  const shown = paragraphsInOrder(od)
  const index = random.int(shown.length)
  const paragraph = shown[index]!.id
  const text = hostText(od, paragraph)!
  const at = text.length > 0 ? itemAt(text, random.int(text.length)) : null
  const below = someBelow({ od, random }, paragraph)
  switch (random.int(9)) {
    case 6:
      return someNewBlock(random, paragraph)
    case 7:
      if (at) return { kind: 'note', host: paragraph, at, text: `On ${phrase(random)}.` }
      break
    case 8: {
      const under = random.chance(0.3) ? ({ under: true } as const) : {}
      return { kind: 'move', paragraph, after: random.pick(shown).id, ...below, ...under }
    }
    case 0:
      return { kind: 'alternative', paragraph, text: `Another ${phrase(random)}.` }
    case 1:
      return { kind: 'move', paragraph, after: random.chance(0.1) ? null : random.pick(shown).id }
    case 2:
      return { kind: 'join', paragraph, next: (shown[index + 1] ?? shown[index])!.id }
    case 3:
      return { kind: 'reservation', paragraph }
    case 4:
      if (at) return { kind: 'split', paragraph, at }
  }
  return { kind: 'delete-paragraph', paragraph, ...below }
}

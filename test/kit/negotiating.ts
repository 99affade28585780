import { itemAt } from '#shared/document/text/anchor.ts'
import { baseTextOf, contentOf, decisionOf, headOf, paragraphsInOrder } from '#shared/document/schema.ts'
import { idsBelow } from '#shared/document/issue/families.ts'
import { recordGet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Command, CommandKind, ParagraphChange } from '#shared/model/command.ts'
import { BASES } from '#shared/model/proposals/decision.ts'
import type { CommentId, HostId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { newCommentId, newMeetingId, newProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { POSITIONS } from '#shared/model/proposals/position.ts'
import { delegate, facilitator } from './drafting.ts'
import { someBelow, someNewBlock } from './paragraphs.ts'
import type { Random } from './random.ts'

/** Random commands of every kind, most of them sensible: what a room says in a long night. */

export const CHAIR = facilitator('fay').actor
export const DELEGATIONS = ['KEN', 'NOR', 'BRA', 'G77', 'EU'].map(
  (name) => delegate(name.toLowerCase(), name).actor,
)

export interface Asked {
  readonly actor: Actor
  readonly command: Command
}

interface Scene {
  readonly od: OutcomeDocument
  readonly random: Random
  readonly now: number
}

/** How often each kind comes, beside the others. */
const WEIGHTS: Partial<Record<CommandKind, number>> = {
  'proposal-accept': 6,
  'proposal-not-retain': 3,
  'proposal-withdraw': 3,
  'proposal-keep': 1,
  'proposals-merge': 3,
  'decision-undo': 5,
  'paragraph-propose': 6,
  'position-take': 4,
  'proposal-sponsor': 2,
  'proposal-take-over': 2,
  'proposal-condition': 1,
  'paragraph-status': 3,
  'revision-issue': 1,
  'silence-place': 1,
  'silence-extend': 1,
  'silence-break': 1,
  'comment-add': 2,
  'comment-remove': 1,
  'comment-resolve': 1,
  'meeting-open': 1,
  'meeting-close': 1,
}
const KINDS = Object.entries(WEIGHTS).flatMap(([kind, weight]) =>
  Array<CommandKind>(weight).fill(kind as CommandKind),
)

/** Null when there is nothing to ask for. */
export function randomCommand(scene: Scene): Asked | null {
  const kind = scene.random.pick(KINDS)
  return MAKERS[kind]?.(scene) ?? null
}

type Maker = (scene: Scene) => Asked | null

const MAKERS: Partial<Record<CommandKind, Maker>> = {
  'proposal-accept': (s) => chair(accept(s)),
  'proposal-not-retain': (s) =>
    chair(withOpen(s, (proposal) => ({ kind: 'proposal-not-retain', proposal, ...basis(s) }))),
  'proposal-withdraw': (s) =>
    withOpenAsked(s, (proposal) => ({
      actor: ownerOf(s, proposal) ?? CHAIR,
      command: { kind: 'proposal-withdraw', proposal },
    })),
  'proposal-keep': (s) => {
    const flagged = keysOf(s, 'affected')
    return flagged.length === 0
      ? null
      : { actor: CHAIR, command: { kind: 'proposal-keep', proposal: s.random.pick(flagged) as ProposalId } }
  },
  'proposals-merge': (s) => chair(merge(s)),
  'decision-undo': (s) => {
    const decided = keysOf(s, 'decision') as ProposalId[]
    if (decided.length === 0) return null
    const reason = s.random.chance(0.8) ? { reason: 'taken in error' } : {}
    return chair({ kind: 'decision-undo', proposal: s.random.pick(decided), ...reason })
  },
  'paragraph-propose': (s) => {
    const change = changeOf(s)
    return (
      change && {
        actor: s.random.pick(DELEGATIONS),
        command: { kind: 'paragraph-propose', proposal: fresh(s), change },
      }
    )
  },
  'position-take': (s) => ({
    actor: s.random.pick(DELEGATIONS),
    command: { kind: 'position-take', on: anyHost(s), position: s.random.pick([...POSITIONS, null]) },
  }),
  'proposal-sponsor': (s) =>
    withOpenAsked(s, (proposal) => ({
      actor: s.random.pick(DELEGATIONS),
      command: {
        kind: 'proposal-sponsor',
        proposal,
        stance: s.random.pick(['cosponsor', 'dissociate', 'neither']),
      },
    })),
  'proposal-take-over': takeOver,
  'proposal-condition': (s) =>
    withOpenAsked(s, (proposal) => ({
      actor: ownerOf(s, proposal) ?? CHAIR,
      command: {
        kind: 'proposal-condition',
        proposal,
        condition: s.random.chance(0.3) ? null : { text: 'the other text is accommodated', on: null },
      },
    })),
  'paragraph-status': (s) => {
    const status = s.random.pick(['open', 'under-discussion', 'agreed-ad-ref', 'agreed'] as const)
    const reason = status === 'open' ? { reason: 'new instructions' } : {}
    const paragraph = anyParagraph(s)
    const below = s.random.chance(0.4) ? { below: idsBelow(s.od, paragraph) } : {}
    return chair({ kind: 'paragraph-status', paragraph, status, ...reason, ...below })
  },
  'revision-issue': () => chair({ kind: 'revision-issue', note: 'As discussed.' }),
  'silence-place': (s) => {
    const revisions = keysOf(s, 'revision').map(Number)
    if (revisions.length === 0) return null
    const deadline = s.now + 1 + s.random.int(20)
    return chair({
      kind: 'silence-place',
      revision: Math.max(...revisions),
      deadline,
      zone: 'Africa/Nairobi',
      note: '',
    })
  },
  'silence-extend': (s) => chair({ kind: 'silence-extend', deadline: s.now + s.random.int(60) }),
  'silence-break': (s) => ({
    actor: s.random.pick(DELEGATIONS),
    command: {
      kind: 'silence-break',
      paragraphs: [anyParagraph(s)],
      objection: 'Not as it stands.',
      text: '',
    },
  }),
  'comment-add': (s) => ({
    actor: s.random.pick(DELEGATIONS),
    command: {
      kind: 'comment-add',
      comment: newCommentId((n) => s.random.bytes(n)),
      on: anyHost(s),
      thread: null,
      text: 'Why?',
    },
  }),
  'comment-remove': (s) => commented(s, (comment) => ({ kind: 'comment-remove', comment })),
  'comment-resolve': (s) =>
    commented(s, (comment) => ({ kind: 'comment-resolve', comment, resolved: s.random.chance(0.7) })),
  'meeting-open': (s) =>
    chair({
      kind: 'meeting-open',
      meeting: newMeetingId((n) => s.random.bytes(n)),
      title: 'Fifth informal',
      agenda: [],
    }),
  'meeting-close': () => chair({ kind: 'meeting-close' }),
}

const chair = (command: Command | null): Asked | null => command && { actor: CHAIR, command }
const fresh = (s: Scene): ProposalId => newProposalId((n) => s.random.bytes(n))
const basis = (s: Scene) => (s.random.chance(0.5) ? { basis: s.random.pick(BASES) } : {})

export const keysOf = ({ od }: Pick<Scene, 'od'>, kind: string): string[] =>
  [...od.record.keys()].filter((key) => key.startsWith(`${kind}/`)).map((key) => key.slice(kind.length + 1))

export const openProposals = ({ od }: Pick<Scene, 'od'>): ProposalId[] =>
  ([...od.proposals.keys()] as ProposalId[]).filter((id) => headOf(od, id) && !decisionOf(od, id))

function withOpen(s: Scene, make: (proposal: ProposalId) => Command): Command | null {
  const open = openProposals(s)
  return open.length === 0 ? null : make(s.random.pick(open))
}

function withOpenAsked(s: Scene, make: (proposal: ProposalId) => Asked): Asked | null {
  const open = openProposals(s)
  return open.length === 0 ? null : make(s.random.pick(open))
}

const participantNamed = (name: ParticipantId): Actor | undefined =>
  DELEGATIONS.find(({ participant }) => participant === name)

function ownerOf({ od }: Scene, id: ProposalId): Actor | undefined {
  const owner = recordGet(od, `owner/${id}`)?.participant ?? headOf(od, id)?.by
  return owner && participantNamed(owner)
}

function accept(s: Scene): Command | null {
  return withOpen(s, (proposal) => {
    const words = contentOf(s.od, proposal)?.toJSON().trim().split(/\s+/) ?? []
    const dice = s.random.next()
    if (dice < 0.15) return { kind: 'proposal-accept', proposal, text: 'otherwise', ...basis(s) }
    if (dice < 0.35 && words.length > 1)
      return {
        kind: 'proposal-accept',
        proposal,
        text: words.slice(1).join(' '),
        part: { strike: s.random.chance(0.5) },
      }
    return { kind: 'proposal-accept', proposal, ...basis(s) }
  })
}

/** Mostly two on one host; sometimes any two. */
function merge(s: Scene): Command | null {
  const open = openProposals(s)
  if (open.length < 2) return null
  const first = s.random.pick(open)
  const hostOf = (id: ProposalId) => {
    const anchor = s.od.anchors.get(id)
    return anchor && 'host' in anchor ? anchor.host : null
  }
  const beside = open.filter((id) => id !== first && hostOf(id) === hostOf(first))
  const second = s.random.pick(beside.length > 0 && s.random.chance(0.9) ? beside : open)
  return {
    kind: 'proposals-merge',
    bridge: fresh(s),
    proposals: [first, second],
    text: 'a bridge between them',
    ...basis(s),
  }
}

function takeOver(s: Scene): Asked | null {
  const withdrawn = (keysOf(s, 'decision') as ProposalId[]).filter(
    (id) => decisionOf(s.od, id)?.disposition === 'withdrawn',
  )
  if (withdrawn.length === 0) return null
  const proposal = s.random.pick(withdrawn)
  const willing = (recordGet(s.od, `positions/${proposal}`) ?? []).filter(
    ({ position }) => position === 'support',
  )
  const actor = willing[0] && participantNamed(willing[0].participant)
  return { actor: actor ?? s.random.pick(DELEGATIONS), command: { kind: 'proposal-take-over', proposal } }
}

const shownParagraphs = ({ od }: Scene): ParagraphId[] =>
  paragraphsInOrder(od)
    .filter(({ kind, vacant }) => kind !== 'separator' && !vacant)
    .map(({ id }) => id)

function anyParagraph(s: Scene): ParagraphId {
  const shown = shownParagraphs(s)
  return shown.length > 0 ? s.random.pick(shown) : paragraphsInOrder(s.od)[0]!.id
}

function anyHost(s: Scene): HostId {
  const open = openProposals(s)
  return open.length > 0 && s.random.chance(0.7) ? s.random.pick(open) : anyParagraph(s)
}

function commented(s: Scene, make: (comment: CommentId) => Command): Asked | null {
  const comments = keysOf(s, 'comment') as CommentId[]
  if (comments.length === 0) return null
  const comment = s.random.pick(comments)
  const author = recordGet(s.od, `comment/${comment}`)?.participant
  return { actor: (author && participantNamed(author)) ?? CHAIR, command: make(comment) }
}

function changeOf(s: Scene): ParagraphChange | null {
  const shown = shownParagraphs(s)
  const at = s.random.int(shown.length)
  const paragraph = shown[at]
  if (!paragraph) return null
  const below = someBelow(s, paragraph)
  switch (s.random.int(7)) {
    case 5:
      return someNewBlock(s.random, paragraph)
    case 0:
      return { kind: 'delete-paragraph', paragraph, ...below }
    case 1:
      return { kind: 'reservation', paragraph }
    case 2:
      return { kind: 'alternative', paragraph, text: 'another text for all of it' }
    case 3:
      return { kind: 'move', paragraph, after: s.random.chance(0.2) ? null : s.random.pick(shown), ...below }
    case 4: {
      const text = baseTextOf(s.od, paragraph)
      const item = text && text.length > 2 ? itemAt(text, 1 + s.random.int(text.length - 2)) : null
      if (!item || s.random.chance(0.5)) return item && { kind: 'split', paragraph, at: item }
      return { kind: 'note', host: paragraph, at: item, text: 'words of a note' }
    }
    default: {
      const next = shown[at + 1]
      return next ? { kind: 'join', paragraph, next } : null
    }
  }
}

import * as Y from 'yjs'
import { anchorAt } from '#shared/document/text/anchor.ts'
import type { Draft } from '#shared/document/drafts.ts'
import { openOn } from '#shared/document/open.ts'
import { entriesOf, recordGet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import {
  addProposal,
  baseTextOf,
  contentOf,
  decisionOf,
  headOf,
  isAgreedParagraph,
  paragraphsInOrder,
  proponentOf,
} from '#shared/document/schema.ts'
import { encodeUpdate } from '#shared/document/updates.ts'
import { hasOpenBrackets } from '#shared/document/agreement.ts'
import type { Command, ParagraphChange } from '#shared/model/command.ts'
import type { CommentId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { newCommentId, newMeetingId, newProposalId } from '#shared/model/ids.ts'
import { isOnWords } from '#shared/model/proposals/proposal.ts'
import { asSeen } from '#test/kit/as-seen.ts'
import type { Random } from '#test/kit/random.ts'
import { attributionsOf } from '#server/operate/attributions.ts'
import { aliasMaker } from '#server/room/round.ts'
import type { BenchRoom, Step } from './bench-room.ts'
import { actorOf } from './bench-room.ts'
import { paragraphOf } from '../kit/clauses.ts'

/** One kind of command or update: how often it is measured, and what makes the next one. */
export interface Kind {
  readonly name: string
  readonly times: number
  readonly run: (index: number) => Promise<Step>
}

const KENYA = 'KEN' as ParticipantId
const TIMES = 40
const A_FEW = 8

/** All kinds, in an order in which each finds what it needs. */
export function kindsIn(room: BenchRoom, random: Random, clock: { ahead: number }): Kind[] {
  const make = new Makers(room, random, clock)
  return [
    ...make.said(),
    ...make.decided(),
    ...make.restructured(),
    ...make.typed(),
    ...make.ofTheRoom(),
    ...make.inBulk(),
  ]
}

/** Prepares commands outside of what is measured. */
class Makers {
  readonly #room: BenchRoom
  readonly #random: Random
  readonly #clock: { ahead: number }
  #next = 0

  constructor(room: BenchRoom, random: Random, clock: { ahead: number }) {
    this.#room = room
    this.#random = random
    this.#clock = clock
  }

  said(): Kind[] {
    const by = actorOf('delegation', KENYA)
    return [
      this.#of('take a position', TIMES, async () =>
        this.#room.command(
          by,
          await this.#seen({ kind: 'position-take', on: await this.#open(), position: 'support' }),
        ),
      ),
      this.#of('co-sponsor', TIMES, async () =>
        this.#room.command(
          by,
          await this.#seen({ kind: 'proposal-sponsor', proposal: await this.#open(), stance: 'cosponsor' }),
        ),
      ),
      this.#of('put under a condition', TIMES, async () => {
        const proposal = await this.#open()
        const condition = { text: 'paragraph 1 is agreed', on: null }
        return this.#room.command(
          await this.#proponent(proposal),
          await this.#seen({ kind: 'proposal-condition', proposal, condition }),
        )
      }),
      this.#of('comment', TIMES, async () => {
        const comment = newCommentId(this.#room.bytes)
        return this.#room.command(by, {
          kind: 'comment-add',
          comment,
          on: await this.#open(),
          thread: null,
          text: 'Why?',
        })
      }),
      this.#of('resolve a comment', TIMES, async (index) => {
        const [comment] = [...entriesOf(await this.#room.od(), 'comment')][index] ?? ['' as CommentId]
        return this.#room.command(by, { kind: 'comment-resolve', comment, resolved: true })
      }),
    ]
  }

  decided(): Kind[] {
    const { chair } = this.#room
    const accepted: ProposalId[] = []
    const closed: ProposalId[] = []
    const merged: ProposalId[] = []
    const withdrawn: ProposalId[] = []
    const undo = (of: ProposalId[]) => () =>
      this.#room.command(chair, {
        kind: 'decision-undo',
        proposal: of.pop() ?? ('q' as ProposalId),
        reason: 'a slip',
      })
    return [
      this.#of('accept', 100, async () => {
        const proposal = await this.#open()
        accepted.push(proposal)
        return this.#room.command(chair, await this.#seen({ kind: 'proposal-accept', proposal }))
      }),
      this.#of('accept with changes', TIMES, async () => {
        const proposal = await this.#open((id, od) => (contentOf(od, id)?.length ?? 0) > 8)
        const text = `${contentOf(await this.#room.od(), proposal)?.toJSON() ?? ''} and more`
        accepted.push(proposal)
        return this.#room.command(chair, await this.#seen({ kind: 'proposal-accept', proposal, text }))
      }),
      this.#of('keep', A_FEW, async () => {
        const proposal = await this.#open((id, od) => recordGet(od, `affected/${id}`) !== undefined)
        return this.#room.command(chair, { kind: 'proposal-keep', proposal })
      }),
      this.#of('not retain', 100, async () => {
        const proposal = await this.#open()
        closed.push(proposal)
        return this.#room.command(chair, await this.#seen({ kind: 'proposal-not-retain', proposal }))
      }),
      this.#of('withdraw', TIMES, async () => {
        const proposal = await this.#open(
          (id, od) =>
            recordGet(od, `positions/${id}`)?.some(
              ({ position, participant }) => position === 'support' && participant === KENYA,
            ) === true,
        )
        withdrawn.push(proposal)
        return this.#room.command(await this.#proponent(proposal), { kind: 'proposal-withdraw', proposal })
      }),
      this.#of('take over', TIMES, async () => {
        const proposal = withdrawn.pop() ?? ('q' as ProposalId)
        return this.#room.command(
          actorOf('delegation', KENYA),
          await this.#seen({ kind: 'proposal-take-over', proposal }),
        )
      }),
      this.#of('merge', TIMES, async () => {
        const proposals = await this.#together()
        const bridge = newProposalId(this.#room.bytes)
        merged.push(...proposals.slice(0, 1))
        return this.#room.command(
          chair,
          await this.#seen({ kind: 'proposals-merge', bridge, proposals, text: 'bridging words' }),
        )
      }),
      this.#of('take back: accepted', 100, undo(accepted)),
      this.#of('take back: not retained', 100, undo(closed)),
      this.#of('take back: merged', TIMES, undo(merged)),
    ]
  }

  restructured(): Kind[] {
    const kinds = [
      'delete-paragraph',
      'reservation',
      'alternative',
      'paragraph',
      'move',
      'split',
      'join',
    ] as const
    return kinds.flatMap((kind) => {
      const made: ProposalId[] = []
      const accepted: ProposalId[] = []
      const propose = async (): Promise<Step> => {
        const proposal = newProposalId(this.#room.bytes)
        made.push(proposal)
        const change = await this.#change(kind)
        return this.#room.command(actorOf('delegation', KENYA), {
          kind: 'paragraph-propose',
          proposal,
          change,
        })
      }
      const accept = async (): Promise<Step> => {
        const proposal = made.pop() ?? ('q' as ProposalId)
        accepted.push(proposal)
        return this.#room.command(this.#room.chair, await this.#seen({ kind: 'proposal-accept', proposal }))
      }
      const undo = () =>
        this.#room.command(this.#room.chair, {
          kind: 'decision-undo',
          proposal: accepted.pop() ?? ('q' as ProposalId),
          reason: 'a slip',
        })
      const asked = this.#of(`propose: ${kind}`, 20, propose)
      if (kind === 'reservation') return [asked]
      return [asked, this.#of(`accept: ${kind}`, 20, accept), this.#of(`take back: ${kind}`, 20, undo)]
    })
  }

  typed(): Kind[] {
    const delegation = actorOf('delegation', KENYA)
    return [
      this.#of('type a key', TIMES, async () => {
        const id = await this.#open((one, od) => proponentOf(od, one) === KENYA)
        return this.#room.update(delegation, (od) => contentOf(od, id)!.insert(0, 'k'))
      }),
      this.#of('propose words', TIMES, async () => {
        const paragraph = await this.#paragraph()
        return this.#room.update(delegation, (od) => this.#proposeOn(od, paragraph, 'new words'))
      }),
      this.#of('bring words back', TIMES, async () => {
        const id = await this.#open(
          (one, od) => proponentOf(od, one) === KENYA && od.anchors.get(one)?.kind === 'range',
        )
        return this.#room.update(delegation, (od) => this.#moveAnchor(od, id))
      }),
      this.#of('empty a proposal', TIMES, async () => {
        const id = await this.#open(
          (one, od) => proponentOf(od, one) === KENYA && (contentOf(od, one)?.length ?? 0) > 0,
        )
        return this.#room.update(delegation, (od) => {
          const content = contentOf(od, id)!
          content.delete(0, content.length)
          od.anchors.delete(id)
        })
      }),
      this.#of('the end of emptied ones', 1, () => {
        this.#clock.ahead += 60 * 60_000
        return this.#room.due()
      }),
    ]
  }

  ofTheRoom(): Kind[] {
    const { chair } = this.#room
    const status = (name: string, wanted: 'agreed-ad-ref' | 'agreed' | 'under-discussion' | 'open') =>
      this.#of(name, TIMES, async () => {
        const isAgreed = wanted === 'open' || wanted === 'agreed'
        const free = isAgreed ? await this.#agreed() : await this.#free()
        const command = { kind: 'paragraph-status', paragraph: free, status: wanted } as const
        return this.#room.command(chair, wanted === 'open' ? { ...command, reason: 'as asked' } : command)
      })
    return [
      this.#of('open a meeting', 1, () =>
        this.#room.command(chair, {
          kind: 'meeting-open',
          meeting: newMeetingId(this.#room.bytes),
          title: 'Second reading',
          agenda: [],
        }),
      ),
      status('set the floor', 'under-discussion'),
      status('agree ad referendum', 'agreed-ad-ref'),
      status('agree', 'agreed'),
      status('reopen a paragraph', 'open'),
      this.#of('close the meeting', 1, () => this.#room.command(chair, { kind: 'meeting-close' })),
      this.#of('issue a revision', 20, () => this.#room.command(chair, { kind: 'revision-issue', note: '' })),
      this.#of('place under silence', 1, () => this.#silence()),
      this.#of('break the silence', 1, async () =>
        this.#room.command(actorOf('delegation', KENYA), {
          kind: 'silence-break',
          paragraphs: [await this.#paragraph()],
          objection: 'We cannot agree.',
          text: '',
        }),
      ),
      this.#of('place it again', 1, () => this.#silence()),
      this.#of('the end of a silence', 1, () => {
        this.#clock.ahead += 2 * 60 * 60_000
        return this.#room.due()
      }),
      this.#of('begin a round', 1, () =>
        this.#room.command(chair, { kind: 'policy-set', attribution: 'unattributed' }),
      ),
      this.#of('who is who in the round', A_FEW, () =>
        this.#room.read((od, document) => attributionsOf(od, document, [], aliasMaker(new Uint8Array(32)))),
      ),
      this.#of('end the round', 1, () =>
        this.#room.command(chair, { kind: 'policy-set', attribution: 'attributed' }),
      ),
    ]
  }

  /** What makes the document larger comes last, so that the others are measured in one of the size asked for. */
  inBulk(): Kind[] {
    const delegation = actorOf('delegation', KENYA)
    const { chair } = this.#room
    return [
      ...([1, 50, 500] as const).map((count) =>
        this.#of(`table ${count} drafts`, count === 1 ? TIMES : A_FEW, async () => {
          const drafts = await this.#drafts(count)
          const ids = drafts.map(({ id }) => id)
          return this.#room.command(
            actorOf('delegation', KENYA),
            { kind: 'drafts-table', space: KENYA, drafts: ids },
            drafts,
          )
        }),
      ),
      this.#of('paste 100,000 letters', A_FEW, async () => {
        const paragraph = await this.#paragraph()
        return this.#room.update(delegation, (od) =>
          this.#proposeOn(od, paragraph, 'words of a long text '.repeat(4_700)),
        )
      }),
      this.#of('paste 500 paragraphs', A_FEW, async () => {
        const paragraph = await this.#paragraph()
        return this.#room.update(delegation, (od) => {
          for (let i = 0; i < 500; i++) {
            const head = { kind: 'paragraph', by: KENYA, paragraph, quote: '' } as const
            const id = newProposalId(this.#room.bytes)
            addProposal(od, id, head, { kind: 'after', paragraph }, paragraphOf(this.#random, 90))
          }
        })
      }),
      this.#of('500 proposals at once', A_FEW, async () => {
        const paragraphs = await this.#paragraphs()
        return this.#room.update(delegation, (od) => {
          for (let i = 0; i < 500; i++) this.#proposeOn(od, this.#random.pick(paragraphs), 'some words')
        })
      }),
      this.#of('900 kB of base text', A_FEW, async () => {
        const paragraph = await this.#paragraph()
        return this.#room.update(chair, (od) =>
          baseTextOf(od, paragraph)!.insert(0, 'base text '.repeat(90_000)),
        )
      }),
      this.#of('delete 45,000 letters', A_FEW, async () => {
        const paragraph = await this.#paragraph()
        await this.#room.update(chair, (od) => baseTextOf(od, paragraph)!.insert(0, 'ab'.repeat(45_000)))
        // By identities: deleting by offsets, letter by letter, takes half a minute.
        return this.#room.update(chair, (od) => {
          const first = baseTextOf(od, paragraph)!._start!.id
          Y.applyUpdate(od.doc, everySecondDeleted(first, 45_000))
        })
      }),
    ]
  }

  #of = (name: string, times: number, run: Kind['run']): Kind => ({ name, times, run })

  async #silence(): Promise<Step> {
    const revision = [...entriesOf(await this.#room.od(), 'revision')].length
    const deadline = Date.now() + this.#clock.ahead + 60 * 60_000
    return this.#room.command(this.#room.chair, {
      kind: 'silence-place',
      revision,
      deadline,
      zone: 'UTC',
      note: '',
    })
  }

  async #seen(command: Command): Promise<Command> {
    return asSeen(await this.#room.od(), command)
  }

  async #open(fits: (id: ProposalId, od: OutcomeDocument) => boolean = () => true): Promise<ProposalId> {
    const od = await this.#room.od()
    const ids = [...od.proposals.keys()] as ProposalId[]
    for (let tries = 0; tries < ids.length; tries++) {
      const id = ids[(this.#next += 37) % ids.length]!
      if (!decisionOf(od, id) && headOf(od, id)?.kind === 'text' && fits(id, od)) return id
    }
    return 'q' as ProposalId
  }

  async #proponent(id: ProposalId) {
    return actorOf('delegation', proponentOf(await this.#room.od(), id) ?? KENYA)
  }

  /** Two open proposals on the words of one paragraph. */
  async #together(): Promise<ProposalId[]> {
    const od = await this.#room.od()
    for (let tries = 0; tries < 1_000; tries++) {
      const anchor = od.anchors.get(await this.#open())
      if (!anchor || !isOnWords(anchor)) continue
      const ids = openOn(od, anchor.host).map(({ id }) => id)
      if (ids.length > 1) return ids.slice(0, 2)
    }
    return []
  }

  async #paragraphs(): Promise<ParagraphId[]> {
    const od = await this.#room.od()
    return paragraphsInOrder(od).flatMap(({ id, kind, vacant }) =>
      kind === 'paragraph' && !vacant && !isAgreedParagraph(od, id) ? [id] : [],
    )
  }

  async #paragraph(): Promise<ParagraphId> {
    return this.#random.pick(await this.#paragraphs())
  }

  async #free(): Promise<ParagraphId> {
    const od = await this.#room.od()
    return (await this.#paragraphs()).find((id) => !hasOpenBrackets(od, id)) ?? this.#paragraph()
  }

  async #agreed(): Promise<ParagraphId> {
    const od = await this.#room.od()
    const all = paragraphsInOrder(od).map(({ id }) => id)
    return all.find((id) => isAgreedParagraph(od, id)) ?? all[0]!
  }

  async #change(kind: ParagraphChange['kind']): Promise<ParagraphChange> {
    const od = await this.#room.od()
    const paragraph = await this.#paragraph()
    const shown = paragraphsInOrder(od).filter(({ vacant }) => !vacant)
    switch (kind) {
      case 'alternative':
        return { kind, paragraph, text: paragraphOf(this.#random, 90) }
      case 'move':
        return { kind, paragraph, after: await this.#paragraph() }
      case 'split':
      case 'note': {
        const place = anchorAt(od, paragraph, paragraph, 60, 60)
        const at = place.kind === 'point' ? place.at! : ([0, 0] as const)
        return kind === 'split' ? { kind, paragraph, at } : { kind, host: paragraph, at, text: 'A note.' }
      }
      case 'join': {
        const at = shown.findIndex(
          ({ kind: first }, i) =>
            i > this.#next % 300 && first === 'paragraph' && shown[i + 1]?.kind === 'paragraph',
        )
        this.#next += 37
        return { kind, paragraph: shown[at]!.id, next: shown[at + 1]!.id }
      }
      case 'paragraph':
        return {
          kind,
          paragraph,
          block: { kind: 'paragraph', under: true },
          text: paragraphOf(this.#random, 90),
        }
      default:
        return { kind, paragraph }
    }
  }

  #proposeOn(od: OutcomeDocument, paragraph: ParagraphId, text: string): void {
    const at = this.#random.int(baseTextOf(od, paragraph)!.length)
    const head = { kind: 'text', by: KENYA, paragraph, quote: '' } as const
    addProposal(od, newProposalId(this.#room.bytes), head, anchorAt(od, paragraph, paragraph, at, at), text)
  }

  #moveAnchor(od: OutcomeDocument, id: ProposalId): void {
    const anchor = od.anchors.get(id)
    if (anchor?.kind === 'range') od.anchors.set(id, { ...anchor, end: anchor.start })
  }

  async #drafts(count: number): Promise<Draft[]> {
    const od = await this.#room.od()
    const paragraphs = await this.#paragraphs()
    return Array.from({ length: count }, (_, i): Draft => {
      const paragraph = this.#random.pick(paragraphs)
      const at = this.#random.int(baseTextOf(od, paragraph)!.length)
      const isBlock = i % 5 === 0
      return {
        id: newProposalId(this.#room.bytes),
        head: {
          kind: isBlock ? 'paragraph' : 'text',
          by: KENYA,
          person: '',
          createdAt: null,
          paragraph,
          quote: '',
        },
        anchor: isBlock ? { kind: 'after', paragraph } : anchorAt(od, paragraph, paragraph, at, at),
        pieces: [{ insert: 'words of a draft' }],
        within: null,
      }
    })
  }
}

/** An update that deletes every second one of the characters from `first` on, `count` of them. */
function everySecondDeleted({ client, clock }: Y.ID, count: number): Uint8Array {
  const ranges = Array.from({ length: count }, (_, i) => ({ clock: clock + 2 * i + 1, len: 1 }))
  return encodeUpdate({ store: { clients: new Map() } }, [], new Map([[client, ranges]]))
}

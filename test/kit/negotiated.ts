import * as Y from 'yjs'
import { plainText } from '#shared/document/text/anchor.ts'
import { isLiveHost } from '#shared/document/open.ts'
import { wordsOf } from '#shared/document/text/streamline.ts'
import { contentOf, decisionOf, headOf, hostText } from '#shared/document/schema.ts'
import type { Command, CommandResult, DecidingCommand } from '#shared/model/command.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { isOnWords } from '#shared/model/proposals/proposal.ts'
import { chair } from './deciding.ts'
import { delegate, Room } from './drafting.ts'
import type { Drafter } from './drafting.ts'
import { outlined } from './families.ts'
import { Random } from './random.ts'
import { backspace } from './scene.ts'

/** A room in which three delegations have proposed on each other's words, and what facilitators may decide in it. */

const TEXTS = ['one two three four five six', 'seven eight nine ten eleven', 'twelve thirteen']

export function negotiated(seed: number): Room {
  const room = new Room(new Random(seed), outlined(TEXTS, seed))
  for (const name of ['KEN', 'NOR', 'BRA']) room.seat(delegate(name.toLowerCase(), name))
  for (let step = 0; step < 14; step++) {
    propose(room, room.random.pick(room.drafters), String.fromCharCode(0x4e00 + step))
    room.settleDown()
  }
  if (room.refusals.length > 0) throw new Error(`seed ${seed}: ${room.refusals[0]!.message}`)
  return room
}

/** The words of each text that is in the room, by the id of its host. */
export function everyWord({ od }: Room): Record<string, string> {
  const words: Record<string, string> = {}
  for (const id of [...od.paragraphs.keys(), ...od.proposals.keys()] as HostId[])
    if (isLiveHost(od, id)) words[id] = plainText(hostText(od, id)!)
  return words
}

export function propose({ random: r }: Room, drafter: Drafter, word: string): void {
  const { doc } = drafter.state
  const pos = r.int(doc.content.size - 2) + 1
  const $pos = doc.resolve(pos)
  if (!$pos.parent.isTextblock) return
  drafter.select(pos, r.chance(0.6) ? Math.min($pos.end(), pos + r.int(16)) : pos)
  const words = r.chance(0.2) ? `${word} more words` : word
  if (r.chance(0.12)) drafter.binding.newParagraph([[{ insert: words }]])
  else if (r.chance(0.3) && !drafter.state.selection.empty) backspace(drafter)
  else drafter.type(words)
}

export const allOf = ({ od }: Room): ProposalId[] => ([...od.proposals.keys()] as ProposalId[]).sort()

export const openOf = (room: Room): ProposalId[] => allOf(room).filter((id) => !decisionOf(room.od, id))

type Acceptance = Extract<Command, { kind: 'proposal-accept' }>

/** As proposed, with changes, or in part. */
export function acceptance({ random: r, od }: Room, proposal: ProposalId): Acceptance {
  const accept = { kind: 'proposal-accept', proposal } as const
  const x = r.next()
  if (x < 0.2) return { ...accept, text: 'otherwise' }
  if (x < 0.3) return { ...accept, part: { strike: false } }
  if (x < 0.5) {
    const words = wordsOf(plainText(contentOf(od, proposal)!)).filter(() => r.chance(0.6))
    return { ...accept, text: words.join(' '), part: { strike: r.chance(0.5) } }
  }
  return accept
}

/** Something that may be decided of this proposal; it may be refused. */
export function decisionFor(room: Room, proposal: ProposalId): DecidingCommand {
  const { random: r, od } = room
  const x = r.next()
  if (x < 0.6) return acceptance(room, proposal)
  if (x < 0.7) return { kind: 'proposal-not-retain', proposal, basis: 'facilitators-judgement' }
  if (x < 0.78) {
    const supersededBy = r.pick(allOf(room))
    return { kind: 'proposal-not-retain', proposal, supersededBy }
  }
  if (x < 0.85) return { kind: 'proposal-withdraw', proposal, onBehalfOf: headOf(od, proposal)!.by }
  const anchor = od.anchors.get(proposal)
  const beside = openOf(room).filter((other) => {
    const there = od.anchors.get(other)
    return other !== proposal && there && anchor && isOnWords(there) && isOnWords(anchor)
      ? there.host === anchor.host
      : false
  })
  const proposals = [proposal, ...beside.slice(0, 1 + r.int(2))]
  const bridge = newProposalId((length) => r.bytes(length))
  return { kind: 'proposals-merge', bridge, proposals, text: 'bridging words' }
}

/** Facilitators decide at one moment; a refusal must leave everything as it was. */
export function decided(room: Room, command: Command): CommandResult {
  const before = Y.encodeStateAsUpdate(room.od.doc)
  const result = room.command(command, chair)
  if (!result.ok && !Buffer.from(before).equals(Buffer.from(Y.encodeStateAsUpdate(room.od.doc))))
    throw new Error(`13.2 a refused ${command.kind} (${result.code}) changed the document`)
  return result
}

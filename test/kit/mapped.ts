import { isPlaced } from '#shared/document/open.ts'
import { CharacterMap } from '#test/prototype/moves/character-map.ts'
import type { Noted } from '#test/prototype/moves/derive.ts'
import { mirrorsOf, movesOf } from '#test/prototype/moves/derive.ts'
import { entriesOf, recordGet } from '#shared/document/records.ts'
import { sameAnchor } from '#shared/document/text/anchor.ts'
import type { Command, CommandResult } from '#shared/model/command.ts'
import type { Decision } from '#shared/model/decision.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import type { Anchor } from '#shared/model/proposal.ts'
import type { Room } from './drafting.ts'
import { decided } from './negotiated.ts'

/**
 * A room whose anchors come from a character map: what the commands do to anchors is dropped, and what stands in the document
 * is what the map says. So the commands, and everything that composes, work with what the map says.
 */
export class MappedRoom {
  readonly map: CharacterMap
  readonly #room: Room
  readonly #placed = new Map<ProposalId, Anchor>()
  #decisions: Map<ProposalId, Decision>
  #noted = new Map<string, number>()

  constructor(room: Room) {
    this.#room = room
    this.map = new CharacterMap(room.od)
    this.#decisions = new Map(entriesOf(room.od, 'decision')) as Map<ProposalId, Decision>
    this.#takeNew()
  }

  /** As {@link decided}. */
  decide(command: Command): CommandResult {
    this.#takeNew()
    const result = decided(this.#room, command)
    if (result.ok) this.#observe()
    return result
  }

  /** The anchors of proposals that were made since. */
  #takeNew(): void {
    for (const [id, anchor] of this.#room.od.anchors.entries())
      if (!this.#placed.has(id as ProposalId)) this.#placed.set(id as ProposalId, anchor)
  }

  #observe(): void {
    const { od } = this.#room
    this.#takeNew()
    const now = new Map(entriesOf(od, 'decision')) as Map<ProposalId, Decision>
    const noted = this.#notedNow()
    for (const [id, was] of this.#decisions) {
      if (now.has(id)) continue
      const standing = this.map.standing(id)
      if (standing.length === 0) continue
      for (const move of mirrorsOf(od, id, was, standing, noted)) this.map.append(move)
    }
    for (const [id, decision] of now)
      if (!this.#decisions.has(id)) for (const move of movesOf(od, id, decision.effect)) this.map.append(move)
    this.#decisions = now
    this.write()
  }

  #notedNow(): Noted[] {
    const { od } = this.#room
    const hosts = [...od.paragraphs.keys(), ...od.proposals.keys()] as HostId[]
    return hosts.flatMap((host): Noted[] => {
      const renewed = recordGet(od, `renewed/${host}`) ?? []
      const departed = recordGet(od, `returned/${host}`) ?? []
      const known = (key: string, count: number) => {
        const before = this.#noted.get(key) ?? 0
        this.#noted.set(key, count)
        return before
      }
      const [from, since] = [known(`r${host}`, renewed.length), known(`d${host}`, departed.length)]
      if (from === renewed.length && since === departed.length) return []
      return [{ host, renewed: renewed.slice(from), departed: departed.slice(since) }]
    })
  }

  /** Writes what the map says into the document. */
  write(): void {
    const { od } = this.#room
    od.doc.transact(() => {
      for (const [id, placed] of this.#placed) {
        if (!isPlaced(od, id)) continue
        const anchor = this.map.anchor(id, placed)
        const current = od.anchors.get(id)
        if (!current || !sameAnchor(current, anchor)) od.anchors.set(id, anchor)
      }
    })
  }
}

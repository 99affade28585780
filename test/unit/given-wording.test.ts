import { describe, expect, it } from 'vitest'
import { exportJson } from '#shared/document/export-json.ts'
import { execute } from '#shared/document/commands/execute.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { addProposal, baseTextOf, contentOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { anchorAt, plainText } from '#shared/document/text/anchor.ts'
import type { AsSeen, Command } from '#shared/model/command.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Position } from '#shared/model/proposals/position.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'

const [ken, nor, eu, fra] = ['KEN', 'NOR', 'EU', 'FRA'].map(delegation) as [Actor, Actor, Actor, Actor]

const take = (on: HostId, position: Position | null, seen: AsSeen = {}) =>
  ({ kind: 'position-take', on, position, ...seen }) as const
const sponsor = (proposal: ProposalId, stance: 'cosponsor' | 'dissociate' | 'neither', seen: AsSeen = {}) =>
  ({ kind: 'proposal-sponsor', proposal, stance, ...seen }) as const

function reword(table: Table, id: ProposalId, text: string): void {
  const content = contentOf(table.od, id)!
  table.od.doc.transact(() => {
    content.delete(0, content.length)
    content.insert(0, text)
  })
}

/** Asks to delete the words from `start` to `end` of the first paragraph, or to put others in their place. */
function strike(table: Table, actor: Actor, start: number, end: number, text = ''): ProposalId {
  const { od } = table
  const paragraph = table.paragraph(0)
  const id = newProposalId(table.bytes)
  const anchor = anchorAt(od, paragraph, paragraph, start, end)
  const quote = plainText(baseTextOf(od, paragraph)!).slice(start, end)
  const common = { kind: 'text', by: actor.participant!, person: '', createdAt: table.now } as const
  od.doc.transact(() => addProposal(od, id, { ...common, paragraph, quote }, anchor, text))
  return id
}

/** The brackets of the first paragraph. */
function brackets(table: Table): string {
  const text = writeText(table.od)
  const first = text.split('\n\n').find((block) => block.startsWith('1.'))!
  return first.slice(first.indexOf('['))
}

describe('what is said, is said of a wording', () => {
  it('3.7 is refused when the wording has changed meanwhile, and says how it reads', () => {
    const table = new Table()
    const id = table.propose(ken, 'in all its forms')
    const seen = { seen: 'in all its forms', struck: '' }
    reword(table, id, 'in the South only')
    for (const command of [take(id, 'support', seen), sponsor(id, 'cosponsor', seen)]) {
      const result = table.run(eu, command)
      expect(result).toMatchObject({ ok: false, code: 'wording-changed' })
      expect(result).toHaveProperty('message', expect.stringContaining('in the South only'))
    }
    const condition = {
      kind: 'proposal-condition',
      proposal: id,
      condition: { text: 'x', on: null },
    } as const
    expect(table.refusal(ken, { ...condition, ...seen })).toBe('wording-changed')
    expect(table.refusal(eu, take(id, 'support', { seen: 'in the South only' }))).toBeNull()
  })

  it('3.7 what is not retained is what the facilitator saw, also where another takes its place', () => {
    const table = new Table()
    const [id, winner] = [table.propose(ken, 'in all its forms'), table.propose(nor, 'everywhere')]
    const notRetain = { kind: 'proposal-not-retain', proposal: id } as const
    const seen = { seen: 'in all its forms', struck: '' }
    expect(
      table.refusal(chair, { kind: 'proposal-accept', proposal: winner, seen: 'everywhere', struck: '' }),
    ).toBeNull()
    reword(table, id, 'in the South only')
    expect(table.refusal(chair, { ...notRetain, ...seen })).toBe('wording-changed')
    expect(table.refusal(chair, { ...notRetain, ...seen, supersededBy: winner })).toBe('wording-changed')
    reword(table, id, 'In all its  forms')
    expect(table.refusal(chair, { ...notRetain, ...seen })).toBeNull()
  })

  it('3.7 also of the words that it asks to delete, and of a paragraph', () => {
    const table = new Table()
    const id = strike(table, ken, 0, 4)
    const words = plainText(baseTextOf(table.od, table.paragraph(0))!)
    expect(table.refusal(eu, take(id, 'support', { seen: '', struck: 'other' }))).toBe('wording-changed')
    expect(table.refusal(eu, take(id, 'support', { seen: '', struck: words.slice(0, 4) }))).toBeNull()
    const paragraph = table.paragraph(1)
    const base = plainText(baseTextOf(table.od, paragraph)!)
    expect(table.refusal(eu, take(paragraph, 'reserve', { seen: base }))).toBeNull()
    baseTextOf(table.od, paragraph)!.insert(0, 'Otherwise ')
    expect(table.refusal(nor, take(paragraph, 'reserve', { seen: base }))).toBe('wording-changed')
  })

  it('3.7 is refused where it does not say of which wording', () => {
    const table = new Table()
    const id = table.propose(ken, 'one')
    const paragraph = table.paragraph(0)
    const condition = { text: 'x', on: null }
    const unnamed: [Actor, Command][] = [
      [eu, { kind: 'position-take', on: id, position: 'support' }],
      [eu, { kind: 'position-take', on: id, position: 'support', seen: 'one' }],
      [eu, { kind: 'position-take', on: id, position: 'support', struck: '' }],
      [eu, { kind: 'position-take', on: paragraph, position: 'reserve' }],
      [eu, { kind: 'proposal-sponsor', proposal: id, stance: 'cosponsor' }],
      [ken, { kind: 'proposal-condition', proposal: id, condition }],
      [chair, { kind: 'proposal-not-retain', proposal: id }],
    ]
    const { od, now } = table
    const refused = ([actor, command]: [Actor, Command]) => execute({ od, actor, now, sequence: 9 }, command)
    for (const one of unnamed) expect(refused(one)).toMatchObject({ ok: false, code: 'wording-needed' })
    expect(recordGet(od, `positions/${id}`)).toBeUndefined()
    table.run(nor, sponsor(id, 'cosponsor'))
    table.run(ken, { kind: 'proposal-withdraw', proposal: id })
    const taken = { kind: 'proposal-take-over', proposal: id } as const
    expect(refused([nor, taken])).toMatchObject({ code: 'wording-needed' })
    expect(refused([nor, { ...taken, seen: 'two' }])).toMatchObject({ code: 'wording-changed' })
    expect(table.refusal(nor, { ...taken, seen: 'one' })).toBeNull()
  })

  it('3.7 may be said of a deletion whose words have gone, as its card names it', () => {
    const table = new Table()
    const outer = table.propose(ken, 'one two')
    const inner = newProposalId(table.bytes)
    const { od } = table
    const paragraph = table.paragraph(0)
    const common = { kind: 'text', by: nor.participant!, person: '', createdAt: table.now } as const
    od.doc.transact(() =>
      addProposal(
        od,
        inner,
        { ...common, paragraph, quote: 'two' },
        anchorAt(od, outer, paragraph, 4, 7),
        '',
      ),
    )
    table.run(chair, { kind: 'proposal-not-retain', proposal: outer })
    const rows = new BoardReader(new Projection(od))
      .board()
      .blocks.flatMap(({ places }) => places[0]?.rows ?? [])
    const { proposes } = rows.find(({ id }) => id === inner)!
    const named = { seen: proposes.text, struck: proposes.struck }
    expect(table.refusal(eu, take(inner, 'support', named))).toBeNull()
  })

  it('3.7 may be taken back whatever it was said of', () => {
    const table = new Table()
    const id = table.propose(ken, 'one')
    table.run(eu, take(id, 'support'))
    table.run(nor, sponsor(id, 'cosponsor'))
    reword(table, id, 'two')
    expect(table.refusal(eu, take(id, null, { seen: 'one' }))).toBeNull()
    expect(table.refusal(nor, sponsor(id, 'neither', { seen: 'one' }))).toBeNull()
    expect(brackets(table)).toBe('[two – KEN]')
  })
})

describe('names behind words that changed', () => {
  it('3.8 are marked, whatever they said, until the wording is again as it was', () => {
    const table = new Table()
    const id = table.propose(delegation('EU'), 'in all its forms')
    table.run(ken, sponsor(id, 'cosponsor'))
    table.run(nor, take(id, 'support'))
    table.run(delegation('USA'), take(id, 'oppose'))
    table.run(delegation('CAN'), take(id, 'reserve'))
    table.run(delegation('MEX'), take(id, 'come-back'))
    table.run(fra, sponsor(id, 'dissociate'))
    const fresh = '[in all its forms – EU, KEN, NOR (except FRA); USA delete; CAN reserve; MEX to come back]'
    expect(brackets(table)).toBe(fresh)
    reword(table, id, 'in the South only')
    const on = '(on earlier wording)'
    expect(brackets(table)).toBe(
      `[in the South only – EU, KEN ${on}, NOR ${on} (except FRA ${on}); USA ${on} delete; CAN ${on} reserve; MEX ${on} to come back]`,
    )
    reword(table, id, 'In all its forms,')
    expect(brackets(table)).toBe(fresh.replace('in all its forms', 'In all its forms,'))
    const content = contentOf(table.od, id)!
    content.format(0, 6, { em: true })
    expect(brackets(table)).not.toContain(on)
  })

  it('3.8 are marked when the words to be deleted are others', () => {
    const table = new Table()
    const id = strike(table, ken, 0, 4)
    table.run(eu, take(id, 'support'))
    const paragraph = table.paragraph(0)
    const before = brackets(table)
    const anchor = table.od.anchors.get(id)!
    table.od.anchors.set(id, anchorAt(table.od, paragraph, paragraph, 0, 9))
    expect(brackets(table)).toContain('KEN, EU (on earlier wording) delete]')
    table.od.anchors.set(id, anchor)
    expect(brackets(table)).toBe(before)
    baseTextOf(table.od, paragraph)!.insert(2, 'X')
    expect(brackets(table)).toContain('KEN, EU (on earlier wording) delete]')
  })

  it('3.8 are marked by an amendment that is accepted, and no longer once that is taken back', () => {
    const table = new Table()
    const { od } = table
    const id = table.propose(ken, 'clean water')
    table.run(eu, take(id, 'support'))
    const amendment = newProposalId(table.bytes)
    const paragraph = table.paragraph(0)
    const head = { kind: 'text', by: nor.participant!, person: '', createdAt: table.now, paragraph } as const
    od.doc.transact(() =>
      addProposal(od, amendment, { ...head, quote: '' }, anchorAt(od, id, paragraph, 5, 5), ' and safe'),
    )
    expect(brackets(table)).toBe('[clean [and safe – NOR] water – KEN, EU]')
    table.run(chair, { kind: 'proposal-accept', proposal: amendment })
    expect(brackets(table)).toBe('[clean and safe water – KEN, EU (on earlier wording)]')
    table.run(chair, { kind: 'decision-undo', proposal: amendment })
    expect(brackets(table)).toBe('[clean [and safe – NOR] water – KEN, EU]')
  })

  it('3.9 are renewed, or taken back, by one gesture, and what was is kept', () => {
    const table = new Table()
    const id = table.propose(ken, 'one')
    table.run(eu, take(id, 'support'))
    table.run(nor, sponsor(id, 'cosponsor'))
    reword(table, id, 'two')
    table.run(eu, take(id, 'support', { seen: 'two' }))
    table.run(nor, sponsor(id, 'cosponsor', { seen: 'two' }))
    expect(brackets(table)).toBe('[two – KEN, NOR, EU]')
    const [entry] = recordGet(table.od, `positions/${id}`)!
    expect(entry!.earlier).toMatchObject([{ position: 'support' }])
    const words = (wording: string | undefined) => recordGet(table.od, `wording/${id}/${wording ?? ''}`)
    expect(words(entry!.wording)).toEqual({ struck: '', text: 'two' })
    expect(words(entry!.earlier[0]!.wording)).toEqual({ struck: '', text: 'one' })
    expect(recordGet(table.od, `sponsors/${id}`)!.left).toMatchObject([{ participant: 'NOR', renewed: true }])
    table.run(eu, take(id, 'support', { seen: 'two' }))
    expect(table.changed).toBe(false)
    table.run(nor, sponsor(id, 'cosponsor'))
    expect(table.changed).toBe(false)
  })

  it('3.8 are marked in the export for programs, with the words that they were given for', () => {
    const table = new Table()
    const id = table.propose(ken, 'one')
    table.run(eu, take(id, 'support'))
    const proposal = () => exportJson(table.od).paragraphs.flatMap((one) => one.proposals ?? [])[0]!
    expect(proposal()).not.toHaveProperty('onEarlierWording')
    reword(table, id, 'two')
    expect(proposal().onEarlierWording).toEqual([{ by: 'EU', said: 'support', struck: '', text: 'one' }])
    table.run(chair, { kind: 'proposal-not-retain', proposal: id })
    const [decided] = exportJson(table.od).decided!
    expect(decided!.onEarlierWording).toEqual([{ by: 'EU', said: 'support', struck: '', text: 'one' }])
  })

  it('3.10 are marked behind a paragraph whose base text changed', () => {
    const table = new Table()
    const paragraph = table.paragraph(0)
    table.run(eu, take(paragraph, 'reserve'))
    expect(brackets(table)).toBe('[… – EU reserve]')
    const base = baseTextOf(table.od, paragraph)!
    base.insert(0, 'Otherwise, ')
    expect(brackets(table)).toBe('[… – EU (on earlier wording) reserve]')
    table.run(eu, take(paragraph, 'reserve', { seen: plainText(base) }))
    expect(brackets(table)).toBe('[… – EU reserve]')
    table.propose(ken, 'added')
    expect(brackets(table)).toContain('[… – EU reserve]')
  })

  it('3.10 are not marked on what asks for no words: a move, a split, a merger, a reservation', () => {
    const table = new Table()
    const [first, second] = [table.paragraph(0), table.paragraph(1)]
    const changes = [
      { kind: 'move', paragraph: first, after: second },
      { kind: 'join', paragraph: first, next: second },
      { kind: 'reservation', paragraph: first },
    ] as const
    for (const change of changes) {
      const proposal = newProposalId(table.bytes)
      table.run(ken, { kind: 'paragraph-propose', proposal, change })
      table.run(eu, take(proposal, 'support', { seen: '', struck: '' }))
    }
    const deletion = newProposalId(table.bytes)
    table.run(ken, {
      kind: 'paragraph-propose',
      proposal: deletion,
      change: { kind: 'delete-paragraph', paragraph: first },
    })
    table.run(eu, take(deletion, 'support'))
    baseTextOf(table.od, first)!.insert(0, 'Otherwise, ')
    const marked = brackets(table).match(/\[[^\]]*on earlier wording[^\]]*\]/g)
    expect(marked).toEqual(['[… – KEN, EU (on earlier wording) delete paragraph]'])
  })

  it('3.8 leaves unmarked what was said before wordings were noted', () => {
    const table = new Table()
    const id = table.propose(ken, 'one')
    const said = { participant: eu.participant!, person: 'eva', at: table.now }
    table.od.record.set(`positions/${id}`, [{ ...said, position: 'support', earlier: [] }])
    table.od.record.set(`sponsors/${id}`, { cosponsors: [{ ...said, participant: 'NOR' }], dissociated: [] })
    reword(table, id, 'two')
    expect(brackets(table)).toBe('[two – KEN, NOR, EU]')
  })
})

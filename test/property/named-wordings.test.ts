import { expect, test } from 'vitest'
import { namedIn } from '#test/kit/named.ts'
import { baseTextOf, contentOf, decisionOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { doDue } from '#shared/document/issue/due.ts'
import { isEmptied, lastWordsOf, noteEmptied, noteFilled } from '#shared/document/issue/emptied.ts'
import { noteReworded } from '#shared/document/issue/reworded.ts'
import { wordsOf } from '#shared/document/proposed-words.ts'
import { addProposal } from '#shared/document/schema.ts'
import { anchorAt } from '#shared/document/text/anchor.ts'
import { fingerprintOf } from '#shared/document/text/fingerprint.ts'
import { EMPTIED_WAIT } from '#shared/model/proposals/emptied.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'
import { histories } from '#test/kit/histories.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(0.2)
const STEPS = 60
const [ken, nor, eu, jpn] = ['KEN', 'NOR', 'EU', 'JPN'].map(delegation) as [Actor, Actor, Actor, Actor]
const WORDINGS = ['one way', 'another way', 'One, way', 'both', 'in 1.5', 'in 15']

/** What a history has come to, so that nothing is tested of nothing. */
const seen = { marked: 0, refused: 0, withdrawn: 0, takenOver: 0 }

test('3.7 3.8 2.10 13.4 in random histories every name stands behind its words or is marked, and nothing said is lost', () => {
  for (const seed of seedsUpTo(HISTORIES)) history(seed)
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0)
})

function history(seed: number): void {
  const table = new Table(2, seed)
  const proposals = [table.propose(ken, 'one way'), table.propose(ken, 'both', 1)]
  const said = new Map<string, number>()
  for (let step = 0; step < STEPS; step++) {
    table.now += 1_000
    oneStep(table, proposals)
    table.od.doc.transact(() => doDue(table.od, table.now))
    for (const id of proposals) {
      namesAreHonest(table, id, `seed ${seed}, step ${step}`)
      const steps = saidOf(table, id)
      expect(steps, `seed ${seed}, step ${step}: something said is lost`).toBeGreaterThanOrEqual(
        said.get(id) ?? 0,
      )
      said.set(id, steps)
    }
  }
}

function oneStep(table: Table, proposals: ProposalId[]): void {
  const { random, od } = table
  const id = random.pick(proposals)
  const open = !decisionOf(od, id)
  const dice = random.next()
  if (dice < 0.3) speak(table, id)
  else if (dice < 0.5 && open) reword(table, id, random.pick(WORDINGS))
  else if (dice < 0.6 && open) reword(table, id, '')
  else if (dice < 0.65) table.now += EMPTIED_WAIT
  else if (dice < 0.75 && open && !isEmptied(od, id)) amend(table, id)
  else if (dice < 0.85) {
    const taken = table.run(random.pick([nor, eu]), { kind: 'proposal-take-over', proposal: id })
    if (taken.ok) seen.takenOver++
  } else if (dice < 0.92) baseTextOf(od, table.paragraph(0))!.insert(0, 'x')
  else table.run(chair, { kind: 'decision-undo', proposal: id, reason: 'Again.' })
}

/** Of the words as they are, or of others that the speaker still sees. */
function speak(table: Table, id: ProposalId): void {
  const { random, od } = table
  const now = wordsOf(od, id)
  const stale = random.chance(0.3)
  const seenWords = { seen: stale ? 'words of yesterday' : now.text, struck: now.struck }
  const actor = random.pick([nor, eu])
  const result = random.chance(0.7)
    ? table.run(actor, {
        kind: 'position-take',
        on: id,
        position: random.pick(['support', 'oppose', 'reserve']),
        ...seenWords,
      })
    : table.run(actor, {
        kind: 'proposal-sponsor',
        proposal: id,
        stance: random.pick(['cosponsor', 'neither']),
        ...seenWords,
      })
  if (!result.ok && result.code === 'wording-changed') seen.refused++
}

/** As its author does it, and the server after. */
function reword(table: Table, id: ProposalId, text: string): void {
  const { od } = table
  const content = contentOf(od, id)!
  const last = lastWordsOf(od, id)
  const by = { participant: ken.participant!, person: ken.name, at: table.now }
  od.doc.transact(() => {
    content.delete(0, content.length)
    content.insert(0, text)
    if (text === '') noteEmptied(od, id, last, by)
    else {
      noteFilled(od, id)
      noteReworded(od, id, by)
    }
  })
}

/** Somebody amends it, and the facilitators take that in. */
function amend(table: Table, id: ProposalId): void {
  const { od } = table
  const amendment = newProposalId(table.bytes)
  const paragraph = table.paragraph(0)
  const head = {
    kind: 'text',
    by: jpn.participant!,
    person: '',
    createdAt: table.now,
    paragraph,
    quote: '',
  } as const
  const end = contentOf(od, id)!.length
  od.doc.transact(() => addProposal(od, amendment, head, anchorAt(od, id, paragraph, end, end), ' more'))
  table.run(chair, { kind: 'proposal-accept', proposal: amendment })
  if (table.random.chance(0.5))
    table.run(chair, { kind: 'decision-undo', proposal: amendment, reason: 'No.' })
}

function namesAreHonest(table: Table, id: ProposalId, where: string): void {
  const { od } = table
  const decision = decisionOf(od, id)
  if (decision?.disposition === 'withdrawn') {
    seen.withdrawn++
    expect(contentOf(od, id)!.length, `${where}: withdrawn without its last words`).toBeGreaterThan(0)
    return
  }
  if (decision || isEmptied(od, id)) return
  const now = fingerprintOf(wordsOf(od, id))
  const shown = namedIn(od, id)
  const spoken = [
    ...(recordGet(od, `positions/${id}`) ?? []).filter(({ position }) => position !== null),
    ...(recordGet(od, `sponsors/${id}`)?.cosponsors ?? []),
  ]
  for (const participant of new Set(spoken.map((one) => one.participant))) {
    const own = spoken.filter((one) => one.participant === participant)
    // One is named where she supports, another where she reserves: each for itself.
    for (const one of own) {
      const fresh = one.wording === now
      const marked = shown.includes(`${participant} (on earlier wording)`)
      const unmarked = new RegExp(`${participant}(?! \\(on earlier)`).test(shown)
      if (!fresh) seen.marked++
      expect(
        fresh ? unmarked : marked || own.some((other) => other.wording === now),
        `${where}: ${shown}`,
      ).toBe(true)
    }
  }
}

/** How much has ever been said of it. */
function saidOf({ od }: Table, id: ProposalId): number {
  const positions = recordGet(od, `positions/${id}`) ?? []
  const { cosponsors = [], dissociated = [], left = [] } = recordGet(od, `sponsors/${id}`) ?? {}
  return (
    positions.reduce((sum, entry) => sum + 1 + entry.earlier.length, 0) +
    cosponsors.length +
    dissociated.length +
    left.length
  )
}

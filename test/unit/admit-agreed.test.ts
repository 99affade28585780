import { describe, expect, it } from 'vitest'
import { addProposal, baseTextOf, contentOf } from '#shared/document/schema.ts'
import { recordSet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Anchor } from '#shared/model/proposals/proposal.ts'
import type { StatusName } from '#shared/model/status.ts'
import {
  change,
  decide,
  FACILITATOR,
  JAPAN,
  judge,
  KENYA,
  KENYA_TOO,
  SECRETARY,
} from '#test/kit/admission-room.ts'
import {
  base,
  expectAdmitted,
  expectRefused,
  FIRST,
  FRESH,
  head,
  KENYAS,
  ME,
  pointAt,
  SECOND,
  setScene,
  unitAt,
  written,
} from '#test/kit/admission-scene.ts'
import type { Scene } from '#test/kit/admission-scene.ts'

const EMPTIED = 'q00000000000holed' as ProposalId
const DECIDED = 'q0000000000closed' as ProposalId

const on = (anchor: Anchor): Anchor => ({ ...anchor, paragraph: SECOND })
const headThere = (by: string, kind: 'text' | 'paragraph' = 'text') => ({
  ...head(by, kind),
  paragraph: SECOND,
})

function agree({ room }: Scene, status: StatusName = 'agreed-ad-ref', paragraph = SECOND): void {
  const by = FACILITATORS
  const step = { status, by, person: 'Fatima', at: 1, pending: [], placement: false, earlier: [] }
  change(room, () => recordSet(room.od, `status/${paragraph}`, step))
}

/** On the second paragraph Kenya has proposed something and emptied it, and something that was decided. */
function agreedScene(): Scene {
  const scene = setScene()
  const { room } = scene
  const put = written(room, scene.kenya, (od) => {
    addProposal(od, EMPTIED, headThere('KEN'), on(pointAt(SECOND)), 'x')
    contentOf(od, EMPTIED)!.delete(0, 1)
    addProposal(od, DECIDED, headThere('KEN'), on(pointAt(SECOND)), 'water')
  })
  expectAdmitted(scene, KENYA, put)
  expect(decide(room, { kind: 'proposal-not-retain', proposal: DECIDED }).ok).toBe(true)
  agree(scene)
  return scene
}

const attempt = (scene: Scene, actor: Actor, run: (od: OutcomeDocument) => void): void =>
  expectRefused(scene, actor, written(scene.room, ME, run), 'closed')

const propose = (od: OutcomeDocument, anchor: Anchor, by = 'KEN') =>
  addProposal(od, FRESH, { ...head(by), paragraph: anchor.paragraph }, anchor, 'new')

describe('7.3 an agreed paragraph takes no text', () => {
  it.each([FACILITATOR, SECRETARY])('7.3 by $role: inserted, deleted, formatted', (actor) => {
    const scene = agreedScene()
    attempt(scene, actor, (od) => baseTextOf(od, SECOND)!.insert(3, 'not '))
    attempt(scene, actor, (od) => baseTextOf(od, SECOND)!.delete(0, 4))
    attempt(scene, actor, (od) => baseTextOf(od, SECOND)!.format(0, 4, { em: true }))
  })

  it('7.3 the whole update is refused, and other paragraphs go on', () => {
    const scene = agreedScene()
    attempt(scene, FACILITATOR, (od) => {
      baseTextOf(od, FIRST)!.insert(0, 'Here too: ')
      baseTextOf(od, SECOND)!.insert(0, 'Not: ')
    })
    const update = written(scene.room, ME, (od) => baseTextOf(od, FIRST)!.insert(0, 'Here: '))
    expectAdmitted(scene, FACILITATOR, update)
    expect(base(scene).toJSON()).toMatch(/^Here: /)
  })

  it('7.4 once it is reopened, it does again', () => {
    const scene = agreedScene()
    agree(scene, 'reopened')
    const update = written(scene.room, ME, (od) => baseTextOf(od, SECOND)!.insert(0, 'Again: '))
    expectAdmitted(scene, FACILITATOR, update)
    const proposal = written(scene.room, ME + 1, (od) => propose(od, on(pointAt(SECOND))))
    expect(expectAdmitted(scene, KENYA, proposal).created).toEqual([FRESH])
  })
})

describe('7.3 an agreed paragraph takes no proposal', () => {
  it.each(['agreed-ad-ref', 'agreed'] as const)('7.3 on its words, when %s', (status) => {
    const scene = agreedScene()
    agree(scene, status)
    attempt(scene, KENYA, (od) => propose(od, on(pointAt(SECOND))))
    const unit = unitAt(base(scene, SECOND), 2)
    const range = { kind: 'range', host: SECOND, paragraph: SECOND, start: unit, end: unit } as const
    attempt(scene, FACILITATOR, (od) => propose(od, range, 'Co-Facilitators'))
  })

  it('7.3 inside what stands on it: emptied, decided, or made by the same update', () => {
    const scene = agreedScene()
    attempt(scene, KENYA, (od) => propose(od, on(pointAt(EMPTIED))))
    attempt(scene, JAPAN, (od) => propose(od, on(pointAt(DECIDED)), 'JPN'))
    const other = 'q0000000000000aaa' as ProposalId
    attempt(scene, KENYA, (od) => {
      addProposal(od, other, headThere('KEN'), on(pointAt(SECOND)), 'outer')
      propose(od, on(pointAt(other)))
    })
  })

  it('7.3 nor words in what was emptied, nor anything moved there', () => {
    const scene = agreedScene()
    attempt(scene, KENYA_TOO, (od) => contentOf(od, EMPTIED)!.insert(0, 'back'))
    attempt(scene, KENYA, (od) => od.anchors.set(KENYAS, on(pointAt(SECOND))))
    const unit = unitAt(base(scene, SECOND), 2)
    const range = { kind: 'range', host: SECOND, paragraph: SECOND, start: unit, end: unit } as const
    attempt(scene, KENYA, (od) => od.anchors.set(EMPTIED, range))
    attempt(scene, FACILITATOR, (od) => od.anchors.set(EMPTIED, range))
  })

  it('7.3 a new paragraph after it, and what is proposed on that, is no proposal on it', () => {
    const scene = agreedScene()
    const update = written(scene.room, ME, (od) =>
      addProposal(
        od,
        FRESH,
        headThere('KEN', 'paragraph'),
        { kind: 'after', paragraph: SECOND },
        'Three bis.',
      ),
    )
    expectAdmitted(scene, KENYA, update)
    const amendment = written(scene.room, ME + 1, (od) =>
      addProposal(od, 'q0000000000000aaa' as ProposalId, headThere('JPN'), on(pointAt(FRESH)), 'and'),
    )
    expectAdmitted(scene, JAPAN, amendment)
  })

  it('7.3 words of a proposal that was accepted into it are its words', () => {
    const scene = setScene()
    expect(decide(scene.room, { kind: 'proposal-accept', proposal: KENYAS }).ok).toBe(true)
    // Japan, offline, has not heard that it was agreed, and amends Kenya's wording.
    const update = written(scene.room, ME, (od) => propose(od, pointAt(KENYAS), 'JPN'))
    expect(judge(scene.room, JAPAN, update).ok).toBe(true)
    agree(scene, 'agreed', FIRST)
    expect(judge(scene.room, JAPAN, update)).toMatchObject({ ok: false, code: 'closed' })
  })
})

describe('what follows words that were brought back is no proposal', () => {
  it('7.3 the anchor of a decided one may follow; one taken back may go', () => {
    const scene = agreedScene()
    const there = scene.room.od.anchors.get(DECIDED)!
    const follow = written(scene.room, ME, (od) => od.anchors.set(DECIDED, { ...there }))
    expectAdmitted(scene, FACILITATOR, follow)
    const gone = written(scene.room, ME + 1, (od) => od.anchors.delete(EMPTIED))
    expectAdmitted(scene, KENYA, gone)
    const back = written(scene.room, ME + 1, (od) => od.anchors.set(EMPTIED, on(pointAt(SECOND))))
    expectRefused(scene, KENYA, back, 'closed')
  })
})

const via = (by: string, writer: string, person = '') => ({
  ...head(by),
  person,
  via: writer as ParticipantId,
})

const words = (od: OutcomeDocument) => contentOf(od, FRESH)!.insert(0, 'more ')
const place = (od: OutcomeDocument) => od.anchors.set(FRESH, pointAt(FIRST, unitAt(baseTextOf(od, FIRST), 4)))

const offer = (scene: Scene, actor: Actor, made: ReturnType<typeof via>): Uint8Array =>
  written(scene.room, ME + actor.person.length, (od) =>
    addProposal(od, FRESH, made, pointAt(FIRST), 'for you'),
  )

describe('1.5 what is written on a delegation’s behalf', () => {
  it.each([FACILITATOR, SECRETARY])('1.5 $role may, and both are recorded', (actor) => {
    const scene = setScene()
    expectAdmitted(scene, actor, offer(scene, actor, via('KEN', actor.participant!)))
    expect(scene.room.od.proposals.get(FRESH)?.get('head')).toMatchObject({
      by: 'KEN',
      via: actor.participant,
    })
  })

  it('1.6 nobody else speaks for another, and nobody in a third name', () => {
    const scene = setScene()
    const wrong = (actor: Actor, made: ReturnType<typeof via>) =>
      expectRefused(scene, actor, offer(scene, actor, made), 'wrong-participant')
    wrong(KENYA, via('JPN', 'KEN'))
    wrong(KENYA, via('KEN', 'KEN'))
    wrong(KENYA, via('KEN', 'Co-Facilitators'))
    wrong(JAPAN, via('KEN', 'Co-Facilitators'))
    wrong(FACILITATOR, via('KEN', 'Secretariat'))
    wrong(FACILITATOR, via('KEN', 'JPN'))
    wrong(FACILITATOR, via('Secretariat', 'Co-Facilitators'))
    wrong(FACILITATOR, via('Co-Facilitators', 'Co-Facilitators'))
    wrong(FACILITATOR, via('Delegation-0123abcd', 'Co-Facilitators'))
    const { via: _, ...alone } = via('KEN', 'x')
    const bare = written(scene.room, ME, (od) => addProposal(od, FRESH, alone, pointAt(FIRST), 'x'))
    expectRefused(scene, FACILITATOR, bare, 'wrong-participant')
  })

  it('a head has its six fields, or seven with a name in the last', () => {
    const scene = setScene()
    const heads: object[] = [
      { ...head('KEN'), via: null },
      { ...head('KEN'), via: 7 },
      { ...head('KEN'), via: '' },
      { ...head('KEN'), via: undefined },
      { ...head('KEN'), on: 'Co-Facilitators' },
      { ...via('KEN', 'Co-Facilitators'), more: true },
    ]
    for (const made of heads)
      expectRefused(
        scene,
        FACILITATOR,
        offer(scene, FACILITATOR, made as ReturnType<typeof via>),
        'wrong-shape',
      )
  })

  it('1.5 who wrote it and the delegation go on in it; others do not', () => {
    const scene = setScene()
    expectAdmitted(scene, FACILITATOR, offer(scene, FACILITATOR, via('KEN', 'Co-Facilitators')))
    let client = ME + 100
    const type = (run: (od: OutcomeDocument) => void) => written(scene.room, ++client, run)
    for (const actor of [FACILITATOR, KENYA, KENYA_TOO]) {
      expectAdmitted(scene, actor, type(words))
      expectAdmitted(scene, actor, type(place))
    }
    expectRefused(scene, JAPAN, type(words), 'not-allowed')
    expectRefused(scene, SECRETARY, type(words), 'not-allowed')
    expectRefused(
      scene,
      FACILITATOR,
      type((od) => contentOf(od, KENYAS)!.insert(0, 'no ')),
      'not-allowed',
    )
    expect(decide(scene.room, { kind: 'proposal-not-retain', proposal: FRESH }).ok).toBe(true)
    expectRefused(scene, FACILITATOR, type(words), 'closed')
  })

  it('3.5 what was taken over is written in by who took it over, and by nobody before', () => {
    const scene = setScene()
    expectAdmitted(scene, FACILITATOR, offer(scene, FACILITATOR, via('KEN', 'Co-Facilitators')))
    const stated = { participant: 'JPN' as ParticipantId, person: 'Aiko', at: 1 }
    change(scene.room, () => recordSet(scene.room.od, `owner/${FRESH}`, stated))
    let client = ME + 200
    const more = () => written(scene.room, ++client, words)
    expectAdmitted(scene, JAPAN, more())
    expectRefused(scene, KENYA, more(), 'not-allowed')
    expectRefused(scene, FACILITATOR, more(), 'not-allowed')
    change(scene.room, () => recordSet(scene.room.od, `owner/${FRESH}`, { ...stated, via: FACILITATORS }))
    expectAdmitted(scene, FACILITATOR, more())
  })
})

// Found by an attack: without an anchor, words are shown at the end of the paragraph that their head names.
describe('7.3, 15.4 nothing falls into an agreed paragraph', () => {
  it('with a head that names another paragraph than the anchor', () => {
    const scene = agreedScene()
    const forged = written(scene.room, ME, (od) =>
      addProposal(od, FRESH, { ...head('KEN'), paragraph: SECOND }, pointAt(FIRST), 'LATER'),
    )
    expectRefused(scene, KENYA, forged, 'untrue')
  })

  it('when the anchor is deleted that was put on another paragraph before it was agreed; without words it may go', () => {
    const scene = setScene()
    const own = { ...head('KEN'), paragraph: SECOND }
    expectAdmitted(
      scene,
      KENYA,
      written(scene.room, ME, (od) => addProposal(od, FRESH, own, on(pointAt(SECOND)), 'LATER')),
    )
    expectAdmitted(
      scene,
      KENYA,
      written(scene.room, ME, (od) => od.anchors.set(FRESH, pointAt(FIRST))),
    )
    agree(scene)
    expectRefused(
      scene,
      KENYA,
      written(scene.room, ME, (od) => od.anchors.delete(FRESH)),
      'closed',
    )
    expectRefused(
      scene,
      KENYA,
      written(scene.room, ME, (od) => {
        od.anchors.delete(FRESH)
        contentOf(od, FRESH)!.delete(0, 4)
      }),
      'closed',
    )
    expectAdmitted(
      scene,
      KENYA,
      written(scene.room, ME, (od) => {
        od.anchors.delete(FRESH)
        contentOf(od, FRESH)!.delete(0, 5)
      }),
    )
  })
  // Histories 860 (admission-fuzz) and 882 (admission-honest).
  it('but a new paragraph behind it does not: its author takes it back while a colleague types in it', () => {
    const scene = setScene()
    const offered = written(scene.room, ME, (od) =>
      addProposal(od, FRESH, headThere('KEN', 'paragraph'), { kind: 'after', paragraph: SECOND }, 'NEW'),
    )
    expectAdmitted(scene, KENYA, offered)
    agree(scene)
    const takenBack = written(scene.room, ME, (od) => {
      od.anchors.delete(FRESH)
      contentOf(od, FRESH)!.delete(0, 3)
    })
    expectAdmitted(
      scene,
      KENYA_TOO,
      written(scene.room, ME + 1, (od) => contentOf(od, FRESH)!.insert(3, 'ER')),
    )
    expectAdmitted(scene, KENYA, takenBack)
  })

  it('nor when both is done in one update', () => {
    const scene = agreedScene()
    expectAdmitted(
      scene,
      KENYA,
      written(scene.room, ME, (od) => {
        const anchor = { kind: 'after', paragraph: SECOND } as const
        const content = addProposal(od, FRESH, headThere('KEN', 'paragraph'), anchor, 'NEW')
        od.anchors.delete(FRESH)
        content.insert(3, 'ER')
      }),
    )
  })
})

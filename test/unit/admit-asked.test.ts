import { describe, expect, it } from 'vitest'
import { anchorAt, itemAt } from '#shared/document/text/anchor.ts'
import { addProposal, baseTextOf, contentOf, headOf } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import { decide, FACILITATOR, KENYA } from '#test/kit/admission-room.ts'
import {
  expectAdmitted,
  expectRefused,
  FIRST,
  FRESH,
  ME,
  pointAt,
  SECOND,
  setScene,
  written,
} from '#test/kit/admission-scene.ts'
import type { Scene } from '#test/kit/admission-scene.ts'

/** Kenya has asked for something of the first paragraph. */
function asking(kind: ParagraphChange['kind']): Scene {
  const scene = setScene()
  const { od } = scene.room
  const change = {
    'delete-paragraph': { kind: 'delete-paragraph', paragraph: FIRST },
    reservation: { kind: 'reservation', paragraph: FIRST },
    alternative: { kind: 'alternative', paragraph: FIRST, text: 'Otherwise.' },
    move: { kind: 'move', paragraph: FIRST, after: SECOND },
    join: { kind: 'join', paragraph: FIRST, next: SECOND },
    paragraph: {
      kind: 'paragraph',
      paragraph: FIRST,
      block: { kind: 'heading', level: 0 },
      text: 'Means',
    },
    note: { kind: 'note', host: FIRST, at: itemAt(baseTextOf(od, FIRST)!, 3)!, text: 'In spring.' },
    split: { kind: 'split', paragraph: FIRST, at: itemAt(baseTextOf(od, FIRST)!, 3)! },
  } as const satisfies Record<ParagraphChange['kind'], ParagraphChange>
  const onBehalfOf = KENYA.participant!
  const command = { kind: 'paragraph-propose', proposal: FRESH, change: change[kind], onBehalfOf } as const
  expect(decide(scene.room, command)).toMatchObject({ ok: true })
  return scene
}

const attempt = (scene: Scene, run: (od: OutcomeDocument) => void): Uint8Array => written(scene.room, ME, run)

describe('what is asked of a paragraph is the server’s to place, and has no words', () => {
  it.each(['delete-paragraph', 'reservation', 'move', 'join', 'split'] as const)('%s', (kind) => {
    const scene = asking(kind)
    const forgeries = [
      (od: OutcomeDocument) => void od.anchors.set(FRESH, { kind: 'after', paragraph: FIRST }),
      (od: OutcomeDocument) => void od.anchors.set(FRESH, { kind: 'whole', paragraph: SECOND, other: null }),
      (od: OutcomeDocument) =>
        void od.anchors.set(FRESH, {
          kind: 'whole',
          paragraph: FIRST,
          other: SECOND,
          below: true,
          under: true,
        }),
      (od: OutcomeDocument) => void od.anchors.set(FRESH, pointAt(FIRST)),
      (od: OutcomeDocument) => od.anchors.delete(FRESH),
      (od: OutcomeDocument) => contentOf(od, FRESH)!.insert(0, 'words that nobody sees'),
    ]
    for (const forgery of forgeries) expectRefused(scene, KENYA, attempt(scene, forgery), 'not-allowed')
  })

  it('an alternative is its owner’s to write in, and stays with its paragraph', () => {
    const scene = asking('alternative')
    expectRefused(
      scene,
      KENYA,
      attempt(scene, (od) => void od.anchors.set(FRESH, { kind: 'after', paragraph: SECOND })),
      'wrong-shape',
    )
    expectAdmitted(
      scene,
      KENYA,
      attempt(scene, (od) => contentOf(od, FRESH)!.insert(0, 'Or ')),
    )
  })

  it('19.13 a heading that was proposed by a command is its owner’s to write in, and keeps its kind and level', () => {
    const scene = asking('paragraph')
    expectAdmitted(
      scene,
      KENYA,
      attempt(scene, (od) => contentOf(od, FRESH)!.insert(0, 'Ways and ')),
    )
    const head = headOf(scene.room.od, FRESH)!
    const raised = attempt(scene, (od) => {
      od.proposals.get(FRESH)!.set('head', { ...head, block: { kind: 'heading', level: 1 } })
    })
    expectRefused(scene, KENYA, raised, 'not-allowed')
  })

  it('22.10 a footnote that was proposed by a command is its owner’s to write in; no update makes one or moves its mark', () => {
    const scene = asking('note')
    expectAdmitted(
      scene,
      KENYA,
      attempt(scene, (od) => contentOf(od, FRESH)!.insert(0, 'Early ')),
    )
    const head = headOf(scene.room.od, FRESH)!
    const moved = attempt(scene, (od) => {
      const mark = { host: SECOND, runs: [], quote: 'words' } as const
      od.proposals.get(FRESH)!.set('head', { ...head, block: { kind: 'note', mark } })
    })
    expectRefused(scene, KENYA, moved, 'not-allowed')
    const forged = setScene()
    const update = attempt(forged, (od) => {
      const { kind, by, paragraph, quote, block } = head
      const typed = { kind, by, paragraph, quote, ...(block ? { block } : {}) }
      addProposal(od, FRESH, typed, { kind: 'after', paragraph: FIRST }, 'In spring.')
    })
    expectRefused(forged, KENYA, update, 'wrong-shape')
  })

  it('a split goes along with words that a facilitator brings back', () => {
    const scene = asking('split')
    const update = attempt(scene, (od) => {
      baseTextOf(od, FIRST)!.insert(0, 'We ')
      od.anchors.set(FRESH, anchorAt(od, FIRST, FIRST, 2, 2))
    })
    expectAdmitted(scene, FACILITATOR, update)
  })
})

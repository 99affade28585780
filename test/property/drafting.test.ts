import { expect, test } from 'vitest'
import type { Coverage } from './drafting-coverage.ts'
import type { HistoryOptions } from './drafting-history.ts'
import { runHistory } from './drafting-history.ts'
import { histories } from '#test/kit/histories.ts'
import { seconds } from '#test/kit/patience.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(0.25)
const STEPS = 80

const KINDS: Record<string, Omit<HistoryOptions, 'seed' | 'steps'>> = {
  'delegations alone': {
    facilitator: false,
    undo: false,
    decisions: false,
    offline: false,
    secondTab: false,
    agreements: false,
  },
  'delegations that undo': {
    facilitator: false,
    undo: true,
    decisions: false,
    offline: false,
    secondTab: false,
    agreements: false,
  },
  'with a facilitator at the base text': {
    facilitator: true,
    undo: true,
    decisions: false,
    offline: false,
    secondTab: false,
    agreements: false,
  },
  'with people dropping off': {
    facilitator: true,
    undo: true,
    decisions: false,
    offline: true,
    secondTab: true,
    agreements: false,
  },
  'with paragraphs agreed, and words written down for others': {
    facilitator: true,
    undo: true,
    decisions: true,
    offline: true,
    secondTab: true,
    agreements: true,
  },
  'with private drafts that are tabled': {
    facilitator: true,
    undo: true,
    decisions: true,
    offline: true,
    secondTab: true,
    agreements: false,
    drafts: true,
  },
  'with private drafts, while paragraphs are deleted, moved, split and merged': {
    facilitator: true,
    undo: true,
    decisions: true,
    offline: true,
    secondTab: true,
    agreements: false,
    drafts: true,
    paragraphs: true,
  },
  'with decisions taken and taken back': {
    facilitator: true,
    undo: true,
    decisions: true,
    offline: true,
    secondTab: true,
    agreements: false,
  },
  'with paragraphs deleted, moved, split and merged': {
    facilitator: true,
    undo: true,
    decisions: true,
    offline: true,
    secondTab: true,
    agreements: false,
    paragraphs: true,
  },
}

for (const [name, kind] of Object.entries(KINDS)) {
  test(
    `drafting, ${name}: all see the same, nothing typed is lost, no caret moves`,
    { timeout: seconds(1_800) },
    () => {
      const total: Partial<Coverage> = {}
      for (const seed of seedsUpTo(HISTORIES)) {
        let coverage: Coverage
        try {
          coverage = runHistory({ ...kind, seed, steps: STEPS })
        } catch (error) {
          const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
          throw new Error(`seed ${seed}: ${told}`, { cause: error })
        }
        for (const [key, value] of Object.entries(coverage)) {
          total[key as keyof Coverage] = (total[key as keyof Coverage] ?? 0) + value
        }
      }
      // What is agreed leaves less to amend.
      const least = kind.agreements ? HISTORIES / 20 : HISTORIES / 10
      // The histories are worth something only if they reach all that there is.
      const {
        undone,
        decisions,
        asked,
        restructured,
        agreed,
        reopened,
        onBehalf,
        barred,
        drafted,
        tabled,
        ...always
      } = total
      for (const [key, value] of Object.entries(always)) {
        if (key !== 'refused') expect.soft(value, key).toBeGreaterThan(HISTORIES / 20)
      }
      if (kind.undo) expect(undone).toBeGreaterThan(HISTORIES)
      if (kind.paragraphs) {
        expect(asked).toBeGreaterThan(HISTORIES)
        expect(restructured).toBeGreaterThan(HISTORIES / 6)
      }
      if (kind.agreements)
        for (const value of [agreed, reopened, onBehalf, barred]) expect(value).toBeGreaterThan(least)
      if (kind.drafts) for (const value of [drafted, tabled]) expect(value).toBeGreaterThan(HISTORIES / 2)
      if (kind.decisions) expect(decisions).toBeGreaterThan(HISTORIES)
    },
  )
}

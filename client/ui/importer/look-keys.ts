import type { KeyboardEvent } from 'react'
import type { Acts } from './acts.ts'
import type { ImportSession } from './session.ts'

/** What a key opens: the words of the piece to divide it, its names to say who is meant, its number to change it; the words before a footnote to say where its mark stands. */
export interface Opens {
  readonly cut: () => void
  readonly names: () => void
  readonly label: () => void
  readonly mark: () => void
}

/** Does what a key stands for. Returns whether it stands for something. */
export function handles(
  { key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent,
  acts: Acts,
  session: ImportSession,
  letters: boolean,
  opens: Opens,
): boolean {
  if (altKey) return false
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() !== 'z') return false
    if (shiftKey) session.redo()
    else session.undo()
    return true
  }
  const rtl = document.documentElement.dir === 'rtl'
  const deeper = rtl ? 'ArrowLeft' : 'ArrowRight'
  const named: Readonly<Record<string, () => void>> = {
    ArrowDown: () => acts.go(acts.current + 1),
    ArrowUp: () => acts.go(acts.current - 1),
    PageDown: () => acts.go(acts.current + 10),
    PageUp: () => acts.go(acts.current - 10),
    Home: () => acts.go(0),
    End: () => acts.go(Infinity),
    ArrowRight: () => acts.changeLevel(deeper === 'ArrowRight' ? 1 : -1),
    ArrowLeft: () => acts.changeLevel(deeper === 'ArrowLeft' ? 1 : -1),
    Enter: opens.label,
    Delete: acts.toggleFurniture,
  }
  const single: Readonly<Record<string, () => void>> = {
    j: () => acts.goToDoubt(1),
    k: () => acts.goToDoubt(-1),
    h: () => acts.setKind('heading'),
    p: () => acts.setKind('paragraph'),
    s: () => acts.setKind('separator'),
    f: () => acts.setKind('front'),
    t: () => acts.setKind('note'),
    g: opens.mark,
    x: acts.toggleFurniture,
    n: opens.label,
    w: opens.names,
    b: acts.toggleBrackets,
    m: acts.join,
    d: opens.cut,
    c: () => {
      acts.settle()
      acts.goToDoubt(1)
    },
    r: acts.reset,
    u: () => session.undo(),
    U: () => session.redo(),
  }
  const act = named[key] ?? (letters ? single[key] : undefined)
  act?.()
  return act !== undefined
}

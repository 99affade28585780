import { useEffect, useRef } from 'react'
import { createEditor } from '#client/editor/editor.ts'
import type { CaretContext, Editor } from '#client/editor/contract.ts'
import type { Api } from '#client/net/api.ts'
import type { DocumentSession } from '#client/net/session.ts'
import { useDesk } from '../../state/desk.ts'
import type { Desk } from '../../state/desk.ts'
import { tableDraft } from '../../state/stand.ts'
import { useValue } from '../../hooks/use-value.ts'
import { stopAt } from '../../state/walk.ts'
import { classes } from '../../parts/classes.ts'
import { followPointer } from './pointed.ts'
import { followEarlier } from '../../positions/earlier.ts'
import { followAttributions } from './follow-attributions.ts'
import { followWriting } from './follow-writing.ts'
import { reportNotTyped } from './not-typed.ts'
import styles from './text-pane.module.css'

/** Caret contexts that do not tell at which bracket the person is. */
const UNPLACED = new Set<CaretContext['kind']>(['none', 'lost', 'read-only'])

interface Props {
  readonly session: DocumentSession
  readonly api: Api
}

/** The element that contains the editor. React mounts it and never changes the elements inside. */
export function TextPane({ session, api }: Props) {
  const desk = useDesk()
  const view = useValue(desk.view)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const editor = mountEditor(place.current, desk, session)
    const stops = [connect(editor, desk, session, api), followPointer(place.current, desk)]
    return () => {
      stops.forEach((stop) => stop())
      desk.mount(null)
      editor.destroy()
    }
  }, [desk, session, api])
  return <div ref={place} className={classes(styles.text)} data-view={view} />
}

function mountEditor(place: HTMLElement, desk: Desk, session: DocumentSession): Editor {
  const editor = createEditor({
    place,
    od: session.od(),
    spaces: session.spaces.get(),
    actor: desk.actor.get(),
    view: desk.view.get(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    onCaret: (context, proposal) => {
      desk.caret.set(context)
      if (proposal !== null) desk.select(proposal)
      else if (!UNPLACED.has(context.kind)) desk.select(null)
    },
    onMove: (caret) => session.sendCaret(caret),
    onBoard: () => {
      const mounted = desk.editor()
      if (mounted) desk.board.set(mounted.board())
    },
    onLayout: () => desk.layout.set(desk.layout.get() + 1),
    onUnwritten: (unwritten) => desk.unwritten.set(unwritten),
    onNotTyped: reportNotTyped(desk, session),
    onTable: (proposal) => {
      const stop = stopAt(desk.board.get(), proposal)
      if (stop) void tableDraft(desk, stop.row)
    },
  })
  desk.mount(editor)
  preventSelectionSaving(place)
  return editor
}

/**
 * Keeps React from saving the selection. Before each change of the page React checks whether the focused element is
 * editable, and then walks through all of it to save the selection: the whole document at each key. The editor keeps
 * its selection itself. React reads this property; browsers and ProseMirror read the attribute, which stays.
 */
function preventSelectionSaving(place: HTMLElement): void {
  const root = place.querySelector<HTMLElement>('.ProseMirror')
  if (root) Object.defineProperty(root, 'contentEditable', { configurable: true, value: 'inherit' })
}

function connect(editor: Editor, desk: Desk, session: DocumentSession, api: Api): () => void {
  const relaid = () => desk.layout.set(desk.layout.get() + 1)
  const present = () => editor.setPresence(session.presence.get())
  present()
  relaid()
  // Lines break differently before the typeface is loaded.
  document.fonts.ready.then(relaid, relaid)
  const stops = [
    session.presence.subscribe(present),
    session.onReplacing(() => editor.settle()),
    session.onReplaced((od) => editor.replaceDocument(od)),
    session.onRefused(() => editor.forgetRefused()),
    session.spaces.subscribe(() => editor.setSpaces(session.spaces.get())),
    desk.actor.subscribe(() => editor.setActor(desk.actor.get())),
    followWriting(editor, desk, api),
    followAttributions(desk, api),
    followEarlier(desk),
    session.status.subscribe(() => editor.setReadOnly(session.status.get().connection === 'stopped')),
    desk.view.subscribe(() => {
      editor.setView(desk.view.get())
      relaid()
    }),
  ]
  return () => stops.forEach((stop) => stop())
}

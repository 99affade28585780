import type { Board } from '#shared/document/composition/board.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { can } from '#shared/model/role.ts'
import { openNewNote } from '../paragraph/perform.ts'
import { PLAIN_FILTERS } from '../outline/filter.ts'
import { compareLatest } from '../revisions/revisions-panel.tsx'
import type { Desk } from '../state/desk.ts'
import { notify } from '../state/notify.ts'
import type { OpenDialog } from '../state/open-dialog.ts'
import { strings } from '../strings.ts'
import type { NamedCommand } from './named-command.ts'

/** The commands of the procedure that a person may use now. */
export function procedureFor(
  desk: Desk,
  actor: Actor,
  board: Board,
  spaces: readonly ParticipantId[],
): readonly NamedCommand[] {
  const dialog = (name: string, open: OpenDialog): NamedCommand => ({
    id: `dialog-${open.kind}`,
    name,
    run: () => desk.dialog.set(open),
  })
  const { revisions, silence, room, comments, filtering } = strings
  return [
    dialog(revisions.since, { kind: 'since' }),
    dialog(revisions.title, { kind: 'revisions', open: null }),
    dialog(revisions.compare, compareLatest(board.revisions)),
    { id: 'phrase', name: strings.paragraph.history.menu, run: () => openSelectedWordsHistory(desk) },
    ...(can(actor.role, 'propose')
      ? [{ id: 'new-note', name: strings.paragraph.newNote.menu, run: () => openNewNote(desk) }]
      : []),
    dialog(comments.all, { kind: 'comments', on: null }),
    dialog(silence.title, { kind: 'silence' }),
    ...deciding(dialog, actor, board),
    ...breaking(dialog, actor, board),
    ...writing(desk, dialog, actor, spaces),
    ...(board.meetings.length > 0 || can(actor.role, 'decide')
      ? [dialog(room.meeting, { kind: 'meeting' })]
      : []),
    ...PLAIN_FILTERS.filter((kind) => kind !== 'mine' || actor.participant !== null).map((kind) => ({
      id: `filter-${kind}`,
      name: filtering.named(filtering.plain[kind]),
      run: () => desk.filter.set({ kind }),
    })),
    dialog(filtering.named(filtering.whose), { kind: 'filter' }),
  ]
}

type Named = (name: string, open: OpenDialog) => NamedCommand

const isSilent = (board: Board): boolean => board.silences.at(-1)?.state === 'running'

function deciding(dialog: Named, { role }: Actor, board: Board): NamedCommand[] {
  if (!can(role, 'decide')) return []
  const { revisions, silence, room } = strings
  return [
    dialog(revisions.issue, { kind: 'revision-issue' }),
    isSilent(board)
      ? dialog(silence.extend, { kind: 'silence-extend' })
      : dialog(silence.place, { kind: 'silence-place' }),
    dialog(room.attribution, { kind: 'attribution' }),
    dialog(room.language.menu, { kind: 'language', paragraph: null }),
  ]
}

const breaking = (dialog: Named, { role }: Actor, board: Board): NamedCommand[] =>
  can(role, 'propose') && isSilent(board)
    ? [dialog(strings.silence.break, { kind: 'silence-break', paragraphs: [] })]
    : []

function writing(
  desk: Desk,
  dialog: Named,
  { role, participant }: Actor,
  spaces: readonly ParticipantId[],
): NamedCommand[] {
  const words = strings.writing
  if (can(role, 'write-for-others'))
    return [
      dialog(words.choose, { kind: 'writing-for' }),
      {
        id: 'writing-ourselves',
        name: words.backToOurselves,
        run: () => desk.writing.set({ onBehalfOf: null, space: null }),
      },
    ]
  if (role !== 'delegation' || spaces.length === 0) return []
  return [
    {
      id: 'writing-table',
      name: words.table,
      run: () => desk.writing.set({ onBehalfOf: null, space: null }),
    },
    ...spaces.map((space) => ({
      id: `writing-${space}`,
      name: space === participant ? words.own : words.group(space),
      run: () => desk.writing.set({ onBehalfOf: null, space }),
    })),
  ]
}

/** Opens the history of the selected words. */
function openSelectedWordsHistory(desk: Desk): void {
  const selected = desk.editor()?.selected() ?? null
  if (selected === null || selected.words.trim() === '')
    return notify(desk, strings.paragraph.history.selectFirst, 'refused')
  desk.dialog.set({ kind: 'phrase', selected })
}

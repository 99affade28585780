import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { ParagraphId, ParticipantId } from '#shared/model/ids.ts'
import { CommentsPanel } from '../comments/comments-panel.tsx'
import { FilterDialog } from '../outline/filter-dialog.tsx'
import { ReopenDecisionDialog } from '../history/reopen-dialog.tsx'
import { ParagraphHistoryDialog, SelectedWordsHistoryDialog } from '../history/paragraph-history.tsx'
import { AgreeDialog, MoveDialog, ReopenDialog } from '../paragraph/paragraph-dialogs.tsx'
import { AlternativeDialog, NewBelowDialog, NewHeadingDialog } from '../paragraph/new-block-dialogs.tsx'
import { NewNoteDialog } from '../paragraph/new-note-dialog.tsx'
import { PositionDialog } from '../paragraph/position-dialog.tsx'
import { OptionsDialog } from '../options/options-dialog.tsx'
import { CompareDialog } from '../revisions/compare-dialog.tsx'
import { IssueDialog } from '../revisions/issue-dialog.tsx'
import type { SinceLooked } from '../revisions/looked.ts'
import { RevisionsPanel } from '../revisions/revisions-panel.tsx'
import type { TextSource } from '../revisions/revisions-panel.tsx'
import { SincePanel } from '../revisions/since-panel.tsx'
import { LanguageDialog } from '../room/language-dialog.tsx'
import { AttributionDialog, MeetingDialog } from '../room/room-dialogs.tsx'
import { SilenceDetails } from '../silence/silence-details.tsx'
import { BreakSilenceDialog, ExtendSilenceDialog, PlaceSilenceDialog } from '../silence/silence-dialogs.tsx'
import { useDesk } from '../state/desk.ts'
import type { OpenDialog, ParagraphTask, PlainTask } from '../state/open-dialog.ts'
import { useValue } from '../hooks/use-value.ts'
import { blocksById } from '../state/walk.ts'
import { WritingForDialog } from '../writing/writing-for-dialog.tsx'

interface Props extends TextSource {
  readonly spaces: readonly ParticipantId[]
  readonly since: SinceLooked
}

/** Renders the open dialog about a particular object; at most one, and none while a panel is open. */
export function OpenDialogs(props: Props) {
  const desk = useDesk()
  const open = useValue(desk.dialog)
  if (open === null) return null
  return <CurrentDialog open={open} {...props} onClose={() => closeOnly(open)} />

  /** Closes a dialog unless it has opened another one in its place. */
  function closeOnly(mine: OpenDialog) {
    if (desk.dialog.get() === mine) desk.dialog.set(null)
  }
}

interface OneProps extends Props {
  readonly open: OpenDialog
  readonly onClose: () => void
}

function CurrentDialog({ open, onClose, api, od, spaces, since }: OneProps) {
  const board = useValue(useDesk().board)
  switch (open.kind) {
    case 'comments':
      return <CommentsPanel key={open.on} on={open.on} spaces={spaces} onClose={onClose} />
    case 'decision-reopen': {
      const row = board.decided.find(({ id }) => id === open.proposal)
      return row ? <ReopenDecisionDialog row={row} onClose={onClose} /> : null
    }
    case 'new-note':
      return <NewNoteDialog behind={open.behind} onClose={onClose} />
    case 'language':
      return <LanguageDialog paragraph={open.paragraph} onClose={onClose} />
    case 'phrase':
      return <SelectedWordsHistoryDialog selected={open.selected} od={od} onClose={onClose} />
    case 'revisions':
      return <RevisionsPanel api={api} od={od} open={open.open} onClose={onClose} />
    case 'compare':
      return (
        <CompareDialog
          api={api}
          od={od}
          from={open.from}
          to={open.to}
          looked={since.looked}
          onClose={onClose}
        />
      )
    case 'since':
      return <SincePanel api={api} od={od} since={since} onClose={onClose} />
    case 'silence-break': {
      const silence = board.silences.at(-1)
      return silence ? (
        <BreakSilenceDialog silence={silence} paragraphs={open.paragraphs} onClose={onClose} />
      ) : null
    }
    case 'paragraph-history': {
      const block = blocksById(board).get(open.paragraph)
      return (
        block && <ParagraphHistoryDialog block={block} paragraph={open.paragraph} od={od} onClose={onClose} />
      )
    }
    case 'agree':
    case 'reopen':
    case 'move':
    case 'alternative':
    case 'newBelow':
    case 'newHeading':
    case 'options':
    case 'position': {
      const block = blocksById(board).get(open.paragraph)
      return (
        block && <OfParagraph kind={open.kind} block={block} paragraph={open.paragraph} onClose={onClose} />
      )
    }
    default:
      return <Plain kind={open.kind} board={board} onClose={onClose} />
  }
}

interface ParagraphProps {
  readonly kind: Exclude<ParagraphTask, 'paragraph-history'>
  readonly block: BoardBlock
  readonly paragraph: ParagraphId
  readonly onClose: () => void
}

const OF_PARAGRAPH = {
  agree: AgreeDialog,
  reopen: ReopenDialog,
  move: MoveDialog,
  alternative: AlternativeDialog,
  newBelow: NewBelowDialog,
  newHeading: NewHeadingDialog,
  position: PositionDialog,
  options: OptionsDialog,
} as const

function OfParagraph({ kind, ...props }: ParagraphProps) {
  const Dialog = OF_PARAGRAPH[kind]
  return <Dialog {...props} />
}

interface PlainProps {
  readonly kind: Exclude<PlainTask, 'since'>
  readonly board: Board
  readonly onClose: () => void
}

function Plain({ kind, board, onClose }: PlainProps) {
  switch (kind) {
    case 'revision-issue':
      return <IssueDialog onClose={onClose} />
    case 'silence-place':
      return <PlaceSilenceDialog onClose={onClose} />
    case 'silence-extend': {
      const silence = board.silences.at(-1)
      return silence ? <ExtendSilenceDialog silence={silence} onClose={onClose} /> : null
    }
    case 'silence':
      return <SilenceDetails onClose={onClose} />
    case 'meeting':
      return <MeetingDialog onClose={onClose} />
    case 'attribution':
      return <AttributionDialog onClose={onClose} />
    case 'writing-for':
      return <WritingForDialog onClose={onClose} />
    case 'filter':
      return <FilterDialog board={board} onClose={onClose} />
  }
}

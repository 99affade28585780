import type { News } from '#shared/document/history/since.ts'
import type { ConcordanceReason } from '#shared/model/revision.ts'

const REASONS: Record<ConcordanceReason, string> = {
  renumbered: 'renumbered',
  new: 'new',
  moved: 'moved',
  deleted: 'deleted',
  split: 'split',
  merged: 'merged',
  alternative: 'alternative taken',
}

const NEWS: Record<News, string> = {
  text: 'its text changed',
  proposed: 'something was proposed',
  reworded: 'a wording changed that others had spoken of',
  decided: 'something was decided',
  position: 'positions were taken',
  status: 'its status changed',
  comment: 'it was commented on',
}

const rev = (n: number): string => `Rev.${n}`

/** Words about revisions, comparing them, and what changed since one last looked. */
export const revisionWords = {
  rev,
  reasons: REASONS,
  title: 'Revisions',
  none: 'No revision has been issued yet. A revision freezes the text for everybody and renumbers its paragraphs.',
  issue: 'Issue a revision…',
  issueTitle: (n: number) => `Issue ${rev(n)}`,
  issueLead:
    'The text is frozen as it stands and sent to everybody. Paragraphs are numbered anew; open brackets stay on their paragraphs. What a revision said never changes.',
  note: 'Cover note',
  submit: (n: number) => `Issue ${rev(n)}`,
  issued: (n: number) => `${rev(n)} has been issued`,
  preview: 'What it will change',
  previewRenumbered: (n: number) =>
    n === 0
      ? 'Every paragraph keeps its number'
      : n === 1
        ? '1 paragraph gets another number'
        : `${n} paragraphs get another number`,
  previewVacant: (n: number) => (n === 1 ? '1 empty number goes' : `${n} empty numbers go`),
  previewOpen: (n: number) =>
    n === 0
      ? 'No bracket is open'
      : n === 1
        ? '1 open bracket is carried over'
        : `${n} open brackets are carried over`,
  was: 'Was',
  now: 'Now',
  contributors: 'Contributors',
  why: 'Why',
  concordance: 'Concordance',
  concordanceOf: (n: number) => `Concordance of ${rev(n)}`,
  changedOnly: 'Only rows that changed',
  noRows: 'No number changed, and nobody’s proposal was accepted since the revision before.',
  noNumber: 'none',
  by: (who: string, when: string) => `${who}, ${when}`,
  carried: (n: number) =>
    n === 0 ? 'no open bracket' : n === 1 ? '1 bracket carried over' : `${n} brackets carried over`,
  read: 'Read the text',
  readTitle: (n: number) => `${rev(n)}: the text as issued`,
  loading: 'Opening the text…',
  back: 'All revisions',

  compare: 'Compare…',
  compareWith: (n: number) => (n > 1 ? `Compare with ${rev(n - 1)}` : 'Compare with the first text'),
  compareNow: 'Compare with now',
  compareTitle: 'Compare',
  from: 'From',
  to: 'To',
  current: 'Now',
  looked: (when: string) => `When you last looked (${when})`,
  imported: 'As it was first circulated',
  onlyChanged: 'Only paragraphs that changed',
  same: 'Nothing changed between the two.',
  changes: (n: number) => (n === 1 ? '1 change' : `${n} changes`),
  at: (at: number, of: number) => `Change ${at} of ${of}`,
  next: 'Next change',
  previous: 'Previous change',
  added: 'new paragraph',
  deleted: 'paragraph deleted',
  moved: (was: string, now: string) => `moved: ${was} is now ${now}`,
  renumbered: (was: string) => `was ${was}`,
  facilitators: 'Facilitators’ text',
  unknown: 'author not recorded',
  cause: (by: string, decided: string) => (decided ? `${by}; ${decided}` : by),
  decidedBy: (disposition: string, by: string) => `${disposition.toLowerCase()} by ${by}`,
  takenOverBy: (names: string) => `taken over by ${names}`,
  supportedBy: (names: string) => `supported by ${names}`,
  inserted: 'Inserted',
  removed: 'Deleted',

  news: NEWS,
  /** Before the others: what one has to do oneself. */
  ownEarlier: 'your word is on an earlier wording',
  gone: 'A paragraph that is gone',
  sinceWords: 'What the words were, and are',
  sinceFilter: 'Show only these in the outline',
  sinceTitle: 'Changes since you last looked',
  since: 'What changed since I last looked',
  sinceNone: (when: string) => `Nothing has changed since ${when}.`,
  sinceNever:
    'This is the first time you look at this text. From now on, what changes while you are away is shown here.',
  sinceLead: (when: string) => `Since ${when}`,
  sinceSeen: 'I have seen these',
  sinceSeenDone: 'From here on, changes count from now.',
  sinceBanner: (n: number) =>
    n === 1
      ? '1 paragraph has changed since you last looked.'
      : `${n} paragraphs have changed since you last looked.`,
  sinceShow: 'Show what changed',
}

import { NAMED_PARAGRAPHS_LIMIT } from '#shared/model/command.ts'
import type { StatusName } from '#shared/model/status.ts'

/** Words about paragraphs: their status, and what may be done with them. `label`: a paragraph's number, '' for none. */

const STATUSES: Record<StatusName, string> = {
  open: 'Open',
  'under-discussion': 'On the floor',
  'agreed-ad-ref': 'Agreed ad ref',
  agreed: 'Agreed',
  reopened: 'Reopened',
}

const paragraph = (label: string): string => (label ? numbered(label) : 'the paragraph')

/**
 * "paragraph 3 bis"; a reference that begins with a division says "paragraph" itself: "Article 9, paragraph 2". A heading
 * without a number is named by its words, in quotation marks, and a footnote as such.
 */
export const numbered = (label: string): string => {
  if (label.startsWith('“')) return `the heading ${label}`
  return /^(?:\p{Lu}\p{Ll}|footnote )/u.test(label) ? label : `paragraph ${label}`
}

/** "paragraph 2 with everything below (5)". `n`: how many paragraphs are below. */
export const withBelow = (what: string, n: number): string => `${what} with everything below (${n})`

const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** For narrow places. */
const STATUSES_SHORT: Record<StatusName, string> = {
  open: 'Open',
  'under-discussion': 'Floor',
  'agreed-ad-ref': 'Ad ref',
  agreed: 'Agreed',
  reopened: 'Reopened',
}

/** What the history of a paragraph says that somebody did, by the `detail` of its entry. */
const DETAILS: Readonly<Record<string, string>> = {
  insertion: 'Proposed an insertion',
  deletion: 'Asked to delete',
  replacement: 'Proposed other words',
  paragraph: 'Proposed a new paragraph',
  alternative: 'Proposed an alternative paragraph',
  'delete-paragraph': 'Asked to delete the paragraph',
  move: 'Asked to move the paragraph',
  indent: 'Asked to indent the paragraph',
  outdent: 'Asked to outdent the paragraph',
  split: 'Asked to split the paragraph',
  join: 'Asked to merge it with the next',
  reservation: 'Entered a reservation',
  support: 'Supports it',
  oppose: 'Opposes it',
  reserve: 'Reserves its position',
  flexible: 'Is flexible',
  'come-back': 'Will come back to it',
  'taken-back': 'Took the position back',
  'co-sponsor': 'Became a co-sponsor',
  'no-co-sponsor': 'Is a co-sponsor no longer',
  dissociate: 'Dissociated itself',
  associate: 'Dissociates itself no longer',
  'take-over': 'Took it over',
  reworded: 'Worded it otherwise',
  'took-back': 'Took it back',
  open: 'Opened it',
  'under-discussion': 'Put it under discussion',
  'agreed-ad-ref': 'Agreed ad ref',
  agreed: 'Agreed',
  reopened: 'Reopened it',
}

export const paragraphWords = {
  details: DETAILS,
  statuses: STATUSES,
  statusesShort: STATUSES_SHORT,
  named: (label: string) => (label ? capitalized(numbered(label)) : 'Paragraph without a number'),
  /** Within a sentence. */
  inline: (name: string) => name.charAt(0).toLowerCase() + name.slice(1),
  newNamed: (label: string) => (label ? `Proposed ${numbered(label)}` : 'Proposed new paragraph'),
  gutter: 'Paragraphs: status and actions',
  menu: 'Paragraph menu',
  openMenu: 'Menu of the current paragraph',
  floorKey: 'Put the paragraph under discussion, or end it',
  noCurrent: 'Choose a paragraph first: click into it, or press j for the next bracket.',
  pending: (names: string) => `pending ${names}`,
  placement: 'placement to be decided',
  former: (label: string) => (/^\p{Lu}\p{Ll}/u.test(label) ? `(former ${label})` : `(former para ${label})`),
  vacant: '(deleted)',
  unmarked: '(no mark in the text)',
  lostMark: (label: string) =>
    `${capitalized(numbered(label))} has lost its mark: the words before it were deleted. The note is kept.`,
  movedTo: (label: string) => `(moved: now ${label})`,
  joinedTo: (label: string) => `(now part of ${label})`,
  brackets: (n: number) => (n === 1 ? '1 open bracket' : `${n} open brackets`),
  comments: (n: number) => (n === 1 ? '1 comment' : `${n} comments`),
  commentsOf: (n: number, label: string) =>
    `${n === 1 ? '1 comment' : `${n} comments`} on ${paragraph(label)}`,
  changed: 'changed since you last looked',

  section: { decide: 'Facilitators', propose: 'Propose', say: 'Say and see' },
  do: {
    agreeAdRef: 'Agree ad ref',
    agree: 'Agree, pending or for good…',
    floor: 'Put under discussion',
    offFloor: 'End the discussion',
    reopen: 'Reopen…',
    delete: 'Propose to delete it',
    alternative: 'Propose an alternative…',
    newBelow: 'Propose a paragraph below it…',
    newHeading: 'Propose a heading after it…',
    newNote: 'Propose a footnote at the caret…',
    placeNote: 'Put its mark where the caret was',
    language: 'Its language…',
    move: 'Propose to move it…',
    indent: 'Propose to indent it',
    outdent: 'Propose to outdent it',
    split: 'Propose to split it at the caret',
    join: 'Propose to merge it with the next',
    reserve: 'Enter a reservation',
    position: 'Take a position…',
    comments: 'Comments',
    history: 'History of this paragraph',
    choose: 'Choose this option',
    options: 'Options for this place…',
    break: 'Break the silence on it…',
    agreeAdRefBelow: 'Agree ad ref',
    deleteBelow: 'Propose to delete it',
  },
  below: withBelow,
  row: (what: string) => `${what}: the whole row`,
  table: (what: string) => `${what}: the whole table`,
  /** In a dialog about a paragraph that others are below. */
  withBelow: (n: number) =>
    n === 1 ? 'With the paragraph below it' : `With everything below it (${n} paragraphs)`,
  tooMany: (n: number) =>
    `This would reach ${n.toLocaleString('en')} paragraphs, and one act reaches at most ${NAMED_PARAGRAPHS_LIMIT.toLocaleString('en')}: do it for each division below it.`,
  /** Behind each of these paragraphs. */
  deletedAbove: (by: string, label: string) => `[… – ${by} delete, with ${label}]`,
  deletedRow: (by: string) => `[… – ${by} delete row]`,
  movedAbove: (by: string, label: string) => `[move, with ${label} – ${by}]`,
  why: {
    open: (n: number) => (n === 1 ? 'a bracket is open' : `${n} brackets are open`),
    agreed: 'it is agreed',
    agreedFloor: 'The paragraph is agreed. Reopen it first.',
    caret: 'put the caret where it shall be split',
    noteCaret: 'put the caret behind a word',
    noNext: 'no paragraph follows',
    noParent: 'no paragraph of its level stands before it',
    highest: 'it is a main paragraph',
    family: 'a deletion or a move of what is above it is open',
    openBelow: 'a bracket is open in it or below it',
    agreedBelow: 'a paragraph below it is agreed',
    drafting: 'it is proposed to the room at once: end the private drafting first',
  },

  done: {
    agreed: (label: string, status: StatusName) => `${STATUSES[status]}: ${paragraph(label)}`,
    floor: (label: string) => `Under discussion: ${paragraph(label)}`,
    offFloor: (label: string) => `No longer under discussion: ${paragraph(label)}`,
    reopened: (label: string) => `Reopened: ${paragraph(label)}`,
    delete: (label: string) => `Proposed: delete ${paragraph(label)}`,
    alternative: (label: string) => `Proposed: an alternative to ${paragraph(label)}`,
    newBelow: (label: string) => `Proposed: a paragraph below ${paragraph(label)}`,
    newHeading: (label: string) => `Proposed: a heading after ${paragraph(label)}`,
    newNote: 'Proposed: a footnote',
    placeNote: (label: string) => `The mark of ${numbered(label)} was placed`,
    move: (label: string) => `Proposed: move ${paragraph(label)}`,
    indent: (label: string) => `Proposed: indent ${paragraph(label)}`,
    outdent: (label: string) => `Proposed: outdent ${paragraph(label)}`,
    split: (label: string) => `Proposed: split ${paragraph(label)}`,
    join: (label: string) => `Proposed: merge ${paragraph(label)} with the next`,
    reserve: (label: string) => `Reservation entered on ${paragraph(label)}`,
  },

  agree: {
    title: (label: string) => `Agree ${paragraph(label)}`,
    how: 'How far',
    adRef: 'Agreed ad referendum',
    adRefNote: 'in the room, subject to capitals and the whole text',
    agreed: 'Agreed',
    agreedNote: 'for good',
    pending: 'Pending',
    pendingNote: 'Delegations whose agreement is still awaited.',
    placement: 'Where it will stand is still to be decided',
    submit: 'Agree',
    open: (n: number) =>
      n === 1
        ? 'A bracket is open in it. Decide on it first: a paragraph is agreed without brackets.'
        : `${n} brackets are open in it. Decide on them first: a paragraph is agreed without brackets.`,
  },
  reopen: {
    title: (label: string) => `Reopen ${paragraph(label)}`,
    lead: 'It takes text and proposals again. The reason stands in its history, for everybody.',
    reason: 'Reason',
    submit: 'Reopen',
  },
  move: {
    title: (label: string) => `Move ${paragraph(label)}`,
    lead: 'The proposal stands on the paragraph; nothing moves before it is accepted. It will then say which number it had.',
    after: 'To after which paragraph?',
    afterNote: 'Type a number or a few words.',
    first: 'To the very beginning',
    submit: 'Propose the move',
  },
  alternative: {
    title: (label: string) => `Alternative to ${paragraph(label)}`,
    lead: 'It stands as a paragraph of its own after this one until one of the two is chosen.',
    text: 'Text of the alternative',
    submit: 'Propose it',
  },
  newBelow: {
    title: (label: string) => `New paragraph below ${paragraph(label)}`,
    lead: 'It is the first of those below it, and stands as a bracket until it is decided.',
    text: 'Its text',
    submit: 'Propose it',
  },
  newHeading: {
    title: (label: string) => `New heading after ${paragraph(label)}`,
    lead: 'What follows stays where it is and is numbered below the heading by the next revision.',
    text: 'Title',
    kind: 'Numbered as',
    unnumbered: 'Heading without a number',
    level: 'A level deeper than the heading before it',
    submit: 'Propose it',
  },
  /** Of a new paragraph or heading that is drafted privately. */
  drafted: {
    lead: (space: string) => `Only ${space} sees it until it is tabled.`,
    submit: 'Draft it',
    done: (space: string) => `Drafted: only ${space} sees it`,
    onlyRoom: 'This is proposed to the room at once. End the private drafting first.',
    refused: 'It cannot be drafted here now. Your words are still in this form.',
  },
  newNote: {
    menu: 'Propose a footnote…',
    title: 'New footnote',
    lead: (words: string) => `Its mark stands behind “${words}”.`,
    text: 'Text of the footnote',
    direct: 'Put it into the text at once',
    submit: 'Propose it',
    place: 'Put it in',
    chooseFirst: 'Put the caret behind a word in the text first.',
    observer: 'Observers read along: they propose nothing.',
    drafting: 'A footnote is proposed to the room at once: end the private drafting first.',
  },
  position: {
    title: (label: string) => `Position on ${paragraph(label)}`,
    none: 'Nobody has taken a position on this paragraph.',
    as: (name: string) => `As ${name}`,
  },
  history: {
    title: (label: string) => `History of ${paragraph(label)}`,
    phrase: 'History of these words',
    empty: 'Nothing has happened to it yet: it stands as it was circulated.',
    loading: 'Looking it up…',
    asBy: (person: string, by: string) => (person && person !== by ? `${person}, ${by}` : by),
    base: 'Stood in the text as it was circulated, or was written by the facilitators.',
    askedFor: (who: string) => `asked for by ${who}`,
    agreedBy: (who: string, disposition: string) => `${disposition.toLowerCase()} by ${who}`,
    takenOver: (names: string) => `taken over by ${names}`,
    support: (names: string) => `supported by ${names}`,
    selectFirst: 'Select some words in the text first.',
    reopenedDecision: 'Reopened the decision',
    chosen: 'Chose this option; the others were taken off',
    renumbered: (labels: string) => `Renumbered: ${labels}`,
    brokeSilence: 'Broke the silence',
    inProposal: (what: string) => `These words stand in ${what}; nobody has agreed to them yet.`,
    whoAsked: 'Who asked for these words, when, and who agreed',
    menu: 'History of the selected words',
  },
}

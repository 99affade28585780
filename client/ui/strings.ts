import type { ViewMode } from '#shared/document/composition/board.ts'
import type { Disposition } from '#shared/model/proposals/decision.ts'
import type { ProposalNature } from '#shared/model/proposals/proposal.ts'
import type { Role } from '#shared/model/role.ts'
import { importWords } from './words/importer.ts'
import { proposalWords, proposalOnWhole, whose } from './words/proposals.ts'
import { paragraphWords } from './words/paragraph.ts'
import { revisionWords } from './words/revisions.ts'
import { roomWords, silenceWords } from './words/room.ts'
import { caretHint, commentWords, filterWords, participantWords, writingWords } from './words/together.ts'
import { optionWords } from './words/options.ts'
import { waitingWords } from './words/waiting.ts'

/** All texts of the interface. They are whole sentences, so that translations may use a different word order. */

const NATURES: Record<ProposalNature, string> = {
  insertion: 'insertion',
  deletion: 'deletion',
  replacement: 'replacement',
  'new-paragraph': 'new paragraph',
  'new-heading': 'new heading',
  'new-note': 'new footnote',
  'heading-change': 'change of heading',
  alternative: 'alternative paragraph',
  'delete-paragraph': 'paragraph deletion',
  move: 'move',
  indent: 'indent',
  outdent: 'outdent',
  split: 'split',
  join: 'merger of paragraphs',
  reservation: 'reservation',
  choice: 'choice of an option',
  unknown: 'proposal that this page cannot show',
}

const ROLES: Record<Role, string> = {
  facilitator: 'Facilitator',
  secretariat: 'Secretariat',
  delegation: 'Delegation',
  observer: 'Observer',
}

const DISPOSITIONS: Record<Disposition, string> = {
  accepted: 'Accepted',
  'accepted-as-amended': 'Accepted with changes',
  'accepted-in-part': 'Accepted in part',
  merged: 'Merged',
  superseded: 'Superseded',
  'not-retained': 'Not retained',
  withdrawn: 'Withdrawn',
}

const VIEWS: Record<ViewMode, string> = {
  all: 'Everything',
  mine: 'My delegation',
  clean: 'Clean',
  base: 'Base text',
}

const OWN_BRACKETS = 'Our brackets'

const VIEW_NOTES: Record<ViewMode, string> = {
  all: 'The text with every open bracket',
  mine: 'The text with your own brackets only',
  clean: 'How it would read if every bracket were accepted',
  base: 'The text as it stands, without brackets',
}

const count = (n: number, one: string, many: string): string =>
  `${n.toLocaleString()} ${n === 1 ? one : many}`
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** "KEN’s insertion in 12". */
const proposalIn = (by: string, nature: ProposalNature, label: string, below: number | null = null): string =>
  proposalOnWhole(by, nature, label, below) ?? `${whose(by)} ${NATURES[nature]}${label ? ` in ${label}` : ''}`

export const strings = {
  options: optionWords,
  product: 'Informals',
  skipToText: 'Skip to the text',
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  copy: 'Copy',
  copied: 'Copied',
  undo: 'Undo',
  optional: 'optional',
  natures: NATURES,
  roles: ROLES,
  dispositions: DISPOSITIONS,
  view: (view: ViewMode, role: Role) =>
    view === 'mine' && role !== 'delegation' ? OWN_BRACKETS : VIEWS[view],
  viewNotes: VIEW_NOTES,
  proposals: proposalWords,
  proposalIn,
  caretHint,
  capital,

  paragraph: paragraphWords,
  waiting: waitingWords,
  revisions: revisionWords,
  silence: silenceWords,
  room: roomWords,
  comments: commentWords,
  writing: writingWords,
  participants: participantWords,
  filtering: filterWords,

  home: {
    lead: 'Draft negotiated texts together, in brackets, in real time.',
    body: 'Delegations propose words in the text itself, with their names; facilitators decide on each bracket; everybody in the room sees the same page, and nothing gets lost.',
    specimen: {
      before: 'We reaffirm our commitment to',
      inserted: 'inclusive and',
      deleted: 'mutual',
      after: 'cooperation among all countries.',
    },
    needLinkTitle: 'Open your link',
    needLink:
      'Every consultation has its own links, one for each role. Follow the link you were sent: it opens straight into the text, without a password.',
    noLink: 'No link? Ask the facilitators or the secretariat of the consultation for one.',
    unknownTitle: 'There is nothing at this address',
    unknown: 'The address may have been cut off in an e-mail. Try the link again, or ask for a new one.',
    pasteLabel: 'Your link',
    open: 'Open',
    badLink: 'That is not a link to a consultation on this site.',
  },

  opening: {
    loading: 'Opening the text…',
    failedTitle: 'The text could not be opened',
    retry: 'Try again',
    home: 'Go to the start page',
  },

  name: {
    title: 'What is your name?',
    why: (role: Role, participant: string | null) => {
      if (role === 'observer')
        return 'You are here as an observer. Your name lets the others see who is following.'
      if (role === 'delegation')
        return `You are here for ${participant ?? ''}. Your name appears on the cards beside what you propose; the brackets in the text show only ${participant ?? ''}.`
      return `You are here for the ${participant ?? ''}. Your name is kept with each decision you take.`
    },
    label: 'Your name',
    placeholder: 'e.g. Amina Otieno',
    submit: 'Continue',
    skip: 'Not now',
  },

  header: {
    outlineShow: 'Show outline',
    outlineHide: 'Hide outline',
    view: 'View',
    menu: 'Menu',
    you: (role: Role, participant: string | null) =>
      `You: ${ROLES[role]}${participant ? `, ${participant}` : ''}`,
    here: (others: number) => `You and ${count(others, 'other person', 'other people')} are here`,
    alone: 'You are alone here',
    oneself: (name: string) => (name === '' ? 'You' : `${name} (you)`),
    hereTitle: 'Here now',
    observers: 'Observers',
    unnamed: 'Name not given yet',
    search: 'Search',
    history: 'History',
  },

  connection: {
    saved: 'Saved',
    saving: 'Saving…',
    connecting: 'Connecting…',
    offline: 'Offline',
    onlineAgain: 'Online again',
    offlineLong: 'Offline: your changes are kept on this device',
    unwritable: 'Not saved',
    unwritableLong:
      'Not saved: the server’s disk is full. Your changes are kept on this device, and sent as soon as there is room',
    unwritableUnkept:
      'Not saved: the server’s disk is full. Keep this page open, your changes are kept only in it until there is room',
    offlineUnkept: 'Offline: keep this page open, your changes are kept only in it',
    stopped: 'Disconnected',
    stoppedTitle: 'This page is no longer connected',
    stoppedReasons: {
      'other-person':
        'This browser has followed another person’s link since. Follow your own link again to go on.',
      unauthorised: 'Your session has ended. Follow your invitation link again.',
      revoked: 'Your invitation has expired or was withdrawn. Ask the facilitators for a new link.',
      'no-document': 'This text no longer exists. Ask the facilitators for its new address.',
      malformed: 'This page is out of date. Reload it to go on.',
      oversize: 'What was pasted is too large to be sent at once. Reload, and paste it in smaller parts.',
      flood: 'Too much was sent in a short time. Reload to go on.',
      refused: 'The server could not take the last changes. Reload to go on; your words are kept.',
    } as Record<string, string>,
    stoppedOther: 'Reload the page to go on. What you typed is kept on this device.',
    reload: 'Reload',
  },

  menu: {
    import: 'Import a text…',
    invite: 'Invite…',
    export: 'Export this view as text',
    exportDone: 'The text was downloaded',
    search: 'Search the text',
    palette: 'All commands',
    shortcuts: 'Keyboard shortcuts',
    history: 'History of decisions',
    theme: 'Appearance',
    themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
    name: 'Change your name',
  },

  outline: {
    label: 'Outline',
    left: (n: number) => count(n, 'bracket to decide', 'brackets to decide'),
    none: 'Nothing left to decide',
    noneYet: 'No brackets yet',
    progress: (decided: number, total: number) => `${decided} of ${total} decided`,
    filter: 'Show paragraphs',
    emptyFilter: 'No paragraph fits this filter.',
    open: (n: number) => count(n, 'open bracket', 'open brackets'),
    conflict: 'in conflict',
    section: (agreed: number, all: number, open: number) =>
      `${agreed} of ${count(all, 'paragraph', 'paragraphs')} agreed, ${count(open, 'open bracket', 'open brackets')}`,
    separator: 'Separator',
    newParagraph: 'new',
  },

  front: {
    title: 'Covering letter and note',
  },

  cards: {
    label: 'Proposals',
    place: (label: string, n: number) =>
      `${label ? `${paragraphWords.named(label)}: ` : ''}${count(n, 'proposal', 'proposals')}`,
    row: (what: string, struck: string, text: string) =>
      `${what}.${struck ? ` Delete: ${struck}.` : ''}${text ? ` Insert: ${text}.` : ''}`,
    empty: '(nothing typed yet)',
    amends: 'amends the bracket above',
    wordsGone: (quote: string) => (quote ? `Its words are gone: “${quote}”` : 'Its words are gone'),
    hostClosed: 'What it amends has been decided',
    emptyTitle: 'No brackets yet',
    emptyPropose: (participant: string) =>
      `Click anywhere in the text and type. Your words become a bracket for ${participant}; Delete asks for a deletion.`,
    emptyFacilitator:
      'Delegations’ proposals appear here as soon as they type. Use Menu › Invite to send them a link.',
    emptyObserve: 'Delegations’ proposals appear here as soon as they type.',
    backToAll: 'Back to everything',
  },

  act: {
    accept: 'Accept',
    /** `n`: how many paragraphs are proposed below it. */
    acceptWithBelow: (n: number) => `Accept with what is proposed below it (${n})`,
    acceptWithChanges: 'Accept with changes',
    notRetained: 'Not retained',
    withdraw: 'Withdraw',
    keep: 'Keep on the table',
    keepAgainst: 'Keep, in place of what was accepted',
    reopen: 'Reopen',
    wording: 'Wording that goes into the text',
    wordingFor: (what: string) => `Accept ${what} with this wording`,
    confirm: 'Accept this wording',
  },

  decided: {
    accept: (what: string) => `Accepted: ${what}`,
    acceptWithBelow: (what: string) => `Accepted with what was proposed below: ${what}`,
    acceptWithChanges: (what: string) => `Accepted with changes: ${what}`,
    notRetained: (what: string) => `Not retained: ${what}`,
    withdrawn: (what: string) => `Withdrawn: ${what}. A facilitator can reopen it`,
    kept: (what: string) => `Kept on the table: ${what}`,
    reopened: (what: string) => `Reopened: ${what}`,
    takenOver: (what: string) => `Taken over: ${what} is open again`,
    undone: (what: string) => `Undone: ${what} is open again`,
    none: 'Nothing left to decide',
    queued: 'Not sent yet: it goes out as soon as the connection is back.',
    nothingToUndo: 'You have taken no decision that stands. Those of others can be reopened in the history.',
    notAllowed: (proposes: boolean) =>
      proposes
        ? 'Facilitators decide; you can propose in the text.'
        : 'Facilitators decide; you follow what they do.',
    shownAgain: 'The brackets are shown again: decide with them before you.',
    noCurrent: 'Choose a bracket first: press j for the next one.',
    lastStop: 'That was the last bracket.',
    firstStop: 'That was the first bracket.',
  },

  /** What others did, as announced to screen readers. */
  heard: {
    proposalOf: (by: string) => `a proposal by ${by}`,
    decision: {
      accepted: (what: string) => `Accepted: ${what}`,
      'accepted-as-amended': (what: string) => `Accepted with changes: ${what}`,
      'accepted-in-part': (what: string) => `Accepted in part: ${what}`,
      merged: (what: string) => `Merged into a bridging text: ${what}`,
      superseded: (what: string) => `Superseded: ${what}`,
      'not-retained': (what: string) => `Not retained: ${what}`,
      withdrawn: (what: string) => `Withdrawn: ${what}`,
    } satisfies Record<Disposition, (what: string) => string>,
    many: (n: number, labels: readonly string[]) =>
      `${count(n, 'bracket was decided', 'brackets were decided')}${
        labels.length === 0 ? '' : `, in ${labels.join(', ')}`
      }`,
    manyStatuses: (n: number) => `The status of ${count(n, 'paragraph', 'paragraphs')} has changed`,
  },

  affected: {
    title: (n: number) => count(n, 'other proposal is affected', 'other proposals are affected'),
    later: 'Later',
  },

  history: {
    title: 'History of decisions',
    empty: 'Nothing has been decided yet.',
    signed: (by: string, person: string) => (person && person !== by ? `${person}, ${by}` : by),
    more: 'Show more',
  },

  failed: {
    title: 'This could not be done',
    body: (message: string, when: string) => `${message} (You asked for it at ${when}.)`,
  },

  salvage: {
    title: 'This could not be added',
    body: (message: string, hasWords: boolean) =>
      hasWords ? `${message} Your words are kept here.` : message,
    where: (paragraph: string, quote: string) =>
      `${paragraph}${paragraph && quote ? ', ' : ''}${quote ? `at “${quote}”` : ''}`,
    deletion: (quote: string) => `(Deletion of “${quote}”)`,
    notDeleted: (words: string) => `Not deleted, it stands again: “${words}”`,
    noWords: '(Emphasis, or where a proposal stands)',
    copyAll: 'Copy the words',
  },

  import: importWords,

  notTyped: {
    'too-long': 'This is too long for one paragraph, so it was not put into the text.',
    'left-out': 'Characters that cannot be seen, or that turn the direction of words, were left out.',
    'too-deep': 'Brackets stand eight deep here: this one takes no further amendment.',
    agreed: 'This paragraph is agreed.',
    'read-only': 'Nothing can be written here now.',
    renamed:
      'The attribution of proposals has changed, so this bracket takes no more words. Click where you want to go on.',
    gone: 'What you were writing in is no longer on the table. Click where you want to go on.',
    withWords: (why: string, words: string) => `${why} Not written: “${words}”`,
  },

  invite: {
    title: 'Invite',
    role: 'Role',
    roleNotes: {
      facilitator: 'decides on brackets and edits the base text',
      secretariat: 'holds the pen for the facilitators',
      delegation: 'proposes in the text under its own name',
      observer: 'follows and reads',
    } satisfies Record<Role, string>,
    participant: 'Delegation or group',
    participantNote:
      'From the directory by name or code, or any other code that shall stand in its brackets.',
    participantBad: 'Choose a delegation or group, or type a code of up to 24 letters and digits.',
    expiry: 'The link works',
    expiries: {
      never: 'until it is revoked',
      day: 'for one day',
      week: 'for one week',
      month: 'for 30 days',
    },
    submit: 'Create link',
    created: (who: string) => `Link for ${who}`,
  },

  palette: {
    commands: 'Commands',
    search: 'Search the text',
    commandsPlaceholder: 'Type a command…',
    searchPlaceholder: 'Words, a paragraph number, or a delegation…',
    nothing: 'Nothing found',
    family: {
      agreeAdRefBelow: (what: string) => `Agree ad ref ${what}`,
      deleteBelow: (what: string) => `Propose to delete ${what}`,
      move: (what: string) => `Propose to move ${what}…`,
    },
    next: 'Next open bracket',
    previous: 'Previous open bracket',
    intoText: 'Go into the text',
    view: (view: string) => `View: ${view}`,
    theme: (theme: string) => `Appearance: ${theme}`,
    outline: 'Show or hide the outline',
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    outside: 'Outside the text',
    inside: 'In the text',
    wording: 'While accepting with changes',
    single: 'Use single-key shortcuts',
    singleNote: 'Turn them off if you dictate, or use software that sends single keys.',
    leave: 'Leave the text, to the card of the current bracket',
    undoTyping: 'Undo typing',
    redoTyping: 'Redo typing',
    confirm: 'Accept with this wording',
    backOut: 'Go back without deciding',
    undo: 'Undo your last decision',
    undoWhat: (decision: string) => `Undo your last decision (${decision})`,
    keys: {
      leave: 'Esc',
      into: 'i',
    },
  },

  status: {
    decideHint: 'next/previous',
    leaveHint: (decides: boolean) => (decides ? 'to decide' : 'out of the text'),
    shortcutsHint: 'shortcuts',
    openBrackets: (n: number) => count(n, 'open bracket', 'open brackets'),
    at: (at: number, of: number) => `${at.toLocaleString()} of ${of.toLocaleString()}`,
    next: 'Next bracket',
    previous: 'Previous bracket',
    show: 'Show the proposals here',
    tapHint: 'Tap a bracket to see who asks for what',
  },
}

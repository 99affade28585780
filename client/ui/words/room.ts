import type { Silence } from '#shared/model/silence.ts'

/**
 * Words about meetings, attribution and the silence procedure. Deadlines and times are given as they are shown; `revision`
 * is a revision's number; `labels` are paragraph numbers, joined.
 */

const STATES: Record<Silence['state'], string> = {
  running: 'Running',
  broken: 'Broken',
  agreed: 'Not broken',
}

export const silenceWords = {
  states: STATES,
  title: 'Silence procedure',
  never: 'No revision has been placed under silence yet.',
  place: 'Place under silence…',
  placeTitle: (revision: number) => `Place Rev.${revision} under silence`,
  placeLead:
    'Everybody sees the deadline. If nobody breaks the silence by then, every paragraph without an open bracket is agreed ad ref.',
  needsRevision: 'Issue a revision first: a revision is what is placed under silence.',
  date: 'Date',
  time: 'Time',
  zone: 'Time zone',
  note: 'Note to the delegations',
  submit: 'Place under silence',
  deadlineIs: (announced: string, here: string) => (here ? `${announced}; for you, ${here}` : announced),
  bad: 'That is not a time. Give a date and an hour.',
  past: 'The deadline must be in the future.',
  earlier: 'The deadline can be extended, not brought forward.',
  extend: 'Extend the silence…',
  extendTitle: 'Extend the silence',
  extendSubmit: 'Extend',
  break: 'Break the silence…',
  breakTitle: 'Break the silence',
  breakLead: (revision: number) =>
    `You object to these paragraphs of Rev.${revision}. A break is final: this procedure ends with it, and everybody sees who broke it and why.`,
  paragraphs: 'On which paragraphs?',
  objection: 'Objection',
  text: 'Text you ask for instead',
  breakSubmit: 'Break the silence',
  placed: (revision: number) => `Rev.${revision} is under silence`,
  extended: 'The silence has been extended',
  broken: 'The silence is broken',
  banner: (revision: number) => `Rev.${revision} under silence`,
  until: (deadline: string) => `until ${deadline}`,
  here: (deadline: string) => `${deadline} for you`,
  left: (time: string) => `${time} left`,
  elapsed: 'the deadline has passed; the server is closing it',
  outcomeAgreed: (revision: number, agreed: number, left: number) =>
    `The silence on Rev.${revision} was not broken: ${agreed === 1 ? '1 paragraph is' : `${agreed} paragraphs are`} agreed ad ref${
      left > 0
        ? `, ${left === 1 ? '1 stays' : `${left} stay`} as ${left === 1 ? 'it is' : 'they are'} because of open brackets`
        : ''
    }.`,
  outcomeBroken: (revision: number, by: string, labels: string) =>
    `The silence on Rev.${revision} was broken by ${by}${labels ? ` on ${labels}` : ''}.`,
  details: 'Details',
  detailsTitle: (revision: number) => `Silence on Rev.${revision}`,
  placedBy: (who: string, when: string) => `Placed by ${who}, ${when}`,
  extendedBy: (who: string, from: string) => `Extended by ${who}; the deadline had been ${from}`,
  brokenBy: (who: string, when: string) => `Broken by ${who}, ${when}`,
  asksFor: 'Asks for',
  agreedList: 'Agreed ad ref by it',
  leftList: 'Left open because of brackets',
  none: 'none',
}

export const roomWords = {
  meeting: 'Meeting…',
  openTitle: 'Open a meeting',
  openLead: 'What is decided while it is open belongs to it and can be found by it afterwards.',
  meetingTitle: 'Name of the meeting',
  meetingDefault: (n: number) => `${ordinal(n)} informal consultation`,
  agenda: 'Agenda: paragraphs to be taken up',
  openSubmit: 'Open the meeting',
  closeTitle: 'The meeting that is on',
  closeSubmit: 'Close the meeting',
  opened: (title: string) => `The meeting is open: ${title}`,
  closed: (title: string) => `The meeting is closed: ${title}`,
  openedBy: (who: string, when: string) => `Opened by ${who}, ${when}`,
  past: 'Earlier meetings',
  on: (title: string) => `Meeting: ${title}`,
  noAgenda: 'No agenda was given.',
  agendaIs: 'Agenda',

  language: {
    menu: 'Language of the text…',
    title: 'Language of the text',
    ofParagraph: (label: string) => `Language of ${label === '' ? 'the paragraph' : label}`,
    lead: 'The words of its numbers (Article, Статья, المادة) and its direction follow it. Numbers stay as they are.',
    label: 'Language',
    unknown: 'Not said',
    names: {
      en: 'English',
      fr: 'Français',
      es: 'Español',
      ru: 'Русский',
      ar: 'العربية',
      zh: '中文',
    },
    submit: 'Set',
    done: (name: string) => `Language: ${name}`,
  },
  attribution: 'Attribution of proposals…',
  attributionTitle: 'Attribution',
  attributed: 'Attributed',
  attributedNote: 'Everybody sees who proposes what.',
  unattributed: 'Unattributed',
  unattributedNote:
    'Delegations and observers are not sent who proposes, amends, takes a position or comments. Facilitators and the record keep it. What was attributed before stays so.',
  attributionSubmit: 'Set',
  attributionSet: (unattributed: boolean) =>
    unattributed
      ? 'From now on, names are not sent to delegations and observers'
      : 'From now on, proposals are attributed',
  unattributedOn: 'Unattributed round',
  unattributedTitle: 'In this round, delegations and observers are not sent who proposes what.',
}

function ordinal(n: number): string {
  const words = [
    'First',
    'Second',
    'Third',
    'Fourth',
    'Fifth',
    'Sixth',
    'Seventh',
    'Eighth',
    'Ninth',
    'Tenth',
  ]
  return words[n - 1] ?? `${n}th`
}

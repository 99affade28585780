/** Words about the options of one place. */

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

/** "4 paragraphs", "1 paragraph, 2 open brackets". */
const size = (paragraphs: number, open: number): string =>
  [
    count(paragraphs, 'paragraph', 'paragraphs'),
    ...(open > 0 ? [count(open, 'open bracket', 'open brackets')] : []),
  ].join(', ')

export const optionWords = {
  size,
  place: (n: number) => `${n} options for one place`,
  preferredBy: (names: string) => `preferred by ${names}`,
  goTo: (name: string) => `Go to ${name}`,
  open: { decide: 'Choose…', propose: 'Prefer…', observe: 'Compare…' },
  title: (n: number) => `${n} options for one place`,
  lead: {
    decide:
      'The one that is chosen stays as it is. The others are taken off in one decision, which can be taken back.',
    propose: 'Say which one you prefer, and where you stand on the others. The facilitators choose.',
    observe: 'The facilitators choose one of them.',
  },
  prefer: 'Prefer',
  choose: 'Choose',
  chooseNamed: (name: string) => `Choose ${name}`,
  /** In the menu of a paragraph. */
  chooseHere: (name: string, paragraphs: number, open: number) =>
    `Choose ${name} (takes off ${size(paragraphs, open)})`,
  optionsHere: 'Options for this place…',
  takesOff: (paragraphs: number, open: number) => `Takes off ${size(paragraphs, open)}`,
  agreedCount: (n: number) => `${n} agreed`,
  agreed: (reference: string) => `${reference} would be taken off and is agreed: reopen it first.`,
  chosen: (name: string, others: number) =>
    `Chosen: ${name}. ${others === 1 ? 'The other option is' : 'The others are'} taken off.`,
  /** For those who follow. */
  wasChosen: (name: string) => `Chosen: ${name}`,
  takenBack: (name: string) => `Taken back: the choice of ${name}`,
  /** Behind the empty number of a paragraph of another option. */
  notChosen: (name: string) => `(not chosen: ${name} was)`,
  inHistory: (name: string, paragraphs: number) =>
    `Choice of ${name}: ${count(paragraphs, 'paragraph', 'paragraphs')} taken off`,
}

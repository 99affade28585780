import { numbered, withBelow } from './paragraph.ts'
import type { Basis } from '#shared/model/proposals/decision.ts'
import type { Position } from '#shared/model/proposals/position.ts'
import type { Consequence, ProposalNature } from '#shared/model/proposals/proposal.ts'

/**
 * Words about proposals: cards, positions and decisions. Each entry is a whole sentence or label, so that a translation may
 * order its words differently. Parameters: `who`, `by`, `via`, `group`: a participant's name as it is shown; `what`: the name
 * of a proposal within a sentence ("EU’s insertion in 3"); `label`: a paragraph's number, '' for none; `n`: a number of things.
 */

const count = (n: number, one: string, many: string): string =>
  `${n.toLocaleString()} ${n === 1 ? one : many}`

const POSITIONS: Record<Position, string> = {
  support: 'Support',
  oppose: 'Oppose',
  reserve: 'Reserve',
  flexible: 'Flexible',
  'come-back': 'Come back',
}

const BECOMES: Record<Consequence['becomes'], string> = {
  're-anchored': 'stands on, on what is left of its words',
  'words-gone': 'its words would be gone',
  'host-closed': 'what it amends would be decided',
  contradicts: 'would contradict what is accepted',
}

const BECAME: Record<Consequence['becomes'], string> = {
  're-anchored': 'Stands on, on what is left of its words',
  'words-gone': 'Its words are gone',
  'host-closed': 'What it amends has been decided',
  contradicts: 'Contradicts what was accepted',
}

const BASES: Record<Basis, string> = {
  'room-consensus': 'Room consensus',
  'proponent-withdrew': 'Proponent withdrew',
  'facilitators-judgement': 'Facilitators’ judgement',
}

/** The sentence that says that somebody took a position: "KEN opposes EU’s insertion in 3". */
const TOOK: Record<Position, (who: string, what: string) => string> = {
  support: (who, what) => `${who} supports ${what}`,
  oppose: (who, what) => `${who} opposes ${what}`,
  reserve: (who, what) => `${who} reserves its position on ${what}`,
  flexible: (who, what) => `${who} is flexible on ${what}`,
  'come-back': (who, what) => `${who} will come back on ${what}`,
}

const AS_RECEIVED = 'as received'

/** "KEN’s"; "the as-received" of what stood in an imported text without a name. */
export const whose = (by: string): string => (by === AS_RECEIVED ? 'the as-received' : `${by}’s`)

/** The name of a proposal on a whole paragraph: "KEN’s move of paragraph 12"; null for proposals on words. */
export function proposalOnWhole(
  by: string,
  nature: ProposalNature,
  label: string,
  below: number | null,
): string | null {
  const one = label ? numbered(label) : 'a paragraph'
  const paragraph = below === null ? one : withBelow(one, below)
  switch (nature) {
    case 'new-paragraph':
      return `${whose(by)} new paragraph${label ? ` ${label}` : ''}`
    case 'new-heading':
      return `${whose(by)} new heading${label ? ` ${label}` : ''}`
    case 'new-note':
      return `${whose(by)} ${label ? `new ${label}` : 'new footnote'}`
    case 'alternative':
      return `${whose(by)} alternative${label ? ` ${label}` : ''}`
    case 'delete-paragraph':
      return `${whose(by)} deletion of ${paragraph}`
    case 'move':
      return `${whose(by)} move of ${paragraph}`
    case 'indent':
      return `${whose(by)} indenting of ${paragraph}`
    case 'outdent':
      return `${whose(by)} outdenting of ${paragraph}`
    case 'split':
      return `${whose(by)} split of ${paragraph}`
    case 'join':
      return `${whose(by)} merger of ${paragraph}`
    case 'reservation':
      return `${whose(by)} reservation on ${paragraph}`
    case 'choice':
      return `${whose(by)} choice of an option`
    case 'insertion':
    case 'deletion':
    case 'replacement':
    case 'heading-change':
    case 'unknown':
      return null
  }
}

export const proposalWords = {
  conflict: (n: number) => `${n} proposals on the same words`,
  unattributed: 'unattributed',
  /** In place of the name of whoever proposes it, where an imported text named nobody. */
  asReceived: AS_RECEIVED,
  asReceivedNote:
    'It stood in brackets in the text that was imported, without a name. Facilitators decide it.',
  /** Shown to those who know whose it is, in an unattributed round. */
  unattributedButKnown: (name: string) => `${name} (unattributed)`,
  via: (via: string) => `written by the ${via}`,
  firstMadeBy: (by: string) => `first made by ${by}`,
  cosponsors: 'with',
  except: (names: string) => `except ${names}`,
  more: (n: number) => `+${n}`,
  showMore: (n: number) => `Show ${n} more`,
  nature: {
    moveAfter: (label: string) => `move after ${label}`,
    moveBelow: (label: string) => `move below ${label}`,
    moveFirst: 'move to the beginning',
    joinWith: (label: string) => `merge with ${label}`,
    bridging: 'bridging text',
    unknown: 'a proposal that this page cannot show: reload',
  },

  positions: POSITIONS,
  position: {
    group: (what: string) => `Position on ${what}`,
    of: (who: string) => `Position of ${who}`,
    took: (position: Position, who: string, what: string) => TOOK[position](who, what),
    tookBack: (who: string, what: string) => `${who} takes no position on ${what} any more`,
    /** The accessible name of a chip. */
    names: (position: Position, names: string) => `${POSITIONS[position]}: ${names}`,
    noSpeaker: 'Choose first for which delegation you write: facilitators take no positions of their own.',
    observer: 'Observers take no positions; you follow what the others say.',
    ownProposal: 'It is your own proposal: it stands for your position.',
    paragraph: numbered,
  },

  draft: {
    only: (space: string, own: boolean) =>
      own ? 'Only your delegation sees this' : `Only members of ${space} see this`,
    table: 'Table',
    tabled: (what: string) => `Tabled: ${what}. Everybody sees it now`,
    orphaned: 'The words it stood on have gone from the room. It can be tabled all the same.',
    notADraft: 'That is on the table already.',
  },

  condition: {
    says: (text: string) => `To be withdrawn if ${text}`,
    menu: 'Withdraw on condition…',
    change: 'Change the condition…',
    lift: 'Lift the condition',
    label: 'Our proposal is withdrawn if …',
    note: 'Nothing is withdrawn by itself: it stands in the bracket until you withdraw.',
    placeholder: 'e.g. PP3 bis is accommodated',
    on: 'What has to be accommodated',
    onNote: 'A paragraph or a proposal: its number, a name or a few words. May be left empty.',
    goTo: (what: string) => `Go to ${what}`,
    confirm: 'Put it under this condition',
    said: (what: string) => `On condition: ${what}`,
    lifted: (what: string) => `No longer on condition: ${what}`,
  },

  /** About statements on a wording that has changed since. */
  earlier: {
    mark: 'on earlier wording',
    /** Beside a name, as in the bracket. */
    marked: (who: string) => `${who} (on earlier wording)`,
    was: (words: string) => `You spoke of “${words}”.`,
    said: (position: Position) => `The wording has changed since you said ${POSITIONS[position]}.`,
    cosponsors: 'The wording has changed since you added your name.',
    dissociated: 'The wording has changed since you dissociated yourself.',
    /** For a proposal that reads the same in another place. */
    moved: {
      said: (position: Position) => `It has been put elsewhere since you said ${POSITIONS[position]}.`,
      cosponsors: 'It has been put elsewhere since you added your name.',
      dissociated: 'It has been put elsewhere since you dissociated yourself.',
    },
    renew: (position: Position) => `${POSITIONS[position]} this wording`,
    keepName: 'Add the name to this wording',
    keepApart: 'Dissociate from this wording',
    withdraw: 'Take it back',
    told: (what: string) => `Changed since you spoke of it: ${what}`,
  },

  sponsor: {
    add: (who: string) => `Add the name of ${who}`,
    remove: (who: string) => `Take the name of ${who} off`,
    key: 'Add or take off our name',
    dissociate: (who: string, group: string) => `Dissociate ${who} from ${group}`,
    associate: (group: string) => `Stand behind ${group} again`,
    added: (who: string, what: string) => `${who} co-sponsors ${what}`,
    removed: (who: string, what: string) => `${who} no longer co-sponsors ${what}`,
    dissociated: (who: string, what: string) => `${who} dissociates itself from ${what}`,
    associated: (who: string, what: string) => `${who} stands behind ${what} again`,
  },

  act: {
    more: 'More',
    moreFor: (what: string) => `More for ${what}`,
    acceptInPart: 'Accept in part',
    merge: 'Merge…',
    supersede: 'Superseded by…',
    withdrawFor: (who: string) => `Withdraw for ${who}`,
    takeOver: 'Take over',
    takeOverFor: (who: string) => `Take over for ${who}`,
    tookOver: (who: string, of: string) => `${who} has taken over ${of}’s proposal`,
    history: 'History of this proposal',
    leave: 'Leave it so',
    onlyProponent: 'Only its proponent can do that.',
  },

  basis: {
    label: 'Basis',
    none: 'no basis given',
    names: BASES,
  },

  part: {
    title: (what: string) => `Accept ${what} in part`,
    lead: 'Choose the words that go in.',
    keys: 'Arrow keys move, Space takes a word out or back in.',
    keepStruck: 'Keep the words that were to be deleted',
    confirm: 'Accept these words',
    reads: 'Goes into the text',
    nothing: 'No words',
    all: 'All words',
    none: 'No words chosen',
    done: (what: string) => `Accepted in part: ${what}`,
    notPossible: 'There is only one word here: accept it, or accept it with changes.',
  },

  supersede: {
    title: (what: string) => `Record ${what} as superseded by`,
    empty: 'Nothing has been accepted in this paragraph yet.',
    done: (what: string) => `Superseded: ${what}`,
  },

  consequences: {
    title: 'If this is accepted',
    none: 'Nothing else is touched.',
    becomes: BECOMES,
  },

  affected: {
    title: (n: number) => count(n, 'other proposal is touched', 'other proposals are touched'),
    became: BECAME,
    settled: 'Nothing is left to choose.',
  },

  merge: {
    title: 'Merge into a bridging text',
    lead: (label: string) => (label ? `Proposals in ${numbered(label)}` : 'Proposals here'),
    choose: 'Proposals to merge',
    insert: (text: string) => `Insert “${text}”`,
    insertKeys: 'Press a wording, or Alt and its number, to put it in at the caret.',
    label: 'Bridging text',
    check: 'Machine check',
    kept: 'No word of any proposal was added or dropped.',
    added: 'Added',
    dropped: 'Dropped',
    reads: 'In the text',
    confirm: 'Put it in their place',
    done: (n: number) => `Merged ${n} proposals into a bridging text`,
    needTwo: 'Choose two proposals or more.',
    nothing: 'There is nothing to merge it with: no other proposal is on the same text.',
    from: 'Made of',
  },

  history: {
    meeting: (title: string) => `at ${title}`,
    basis: (basis: Basis) => BASES[basis],
    goThere: 'Go there',
    reasonLabel: 'Why is it opened again?',
    reasonNeeded: 'After the first seconds a decision is opened again with a reason.',
    confirmReopen: 'Reopen it',
    reopenTitle: 'Take back your last decision',
    reopen: 'Reopen…',
    supersededBy: (by: string) => `by ${by}’s proposal`,
    hint: (n: number) => count(n, 'time reopened', 'times reopened'),
    ofProposal: 'History of the proposal',
    reworded: (who: string) => `${who} words it otherwise`,
    onEarlier: (words: string) => `on earlier wording: “${words}”`,
    proposed: (by: string, person: string) => (person ? `Proposed by ${by}, ${person}` : `Proposed by ${by}`),
    said: (who: string, position: Position) => `${who}: ${POSITIONS[position].toLowerCase()}`,
    took: (who: string) => `${who}: no position any more`,
    cosponsored: (who: string) => `${who} co-sponsors it`,
    uncosponsored: (who: string) => `${who} no longer co-sponsors it`,
    dissociated: (who: string) => `${who} dissociates itself`,
    associated: (who: string) => `${who} no longer dissociates itself`,
    condition: (text: string) => `On condition: to be withdrawn if ${text}`,
    decided: (disposition: string, by: string) => `${disposition} by ${by}`,
    reanchored: {
      'brought-back': (by: string) => `${by} brought back the words that it stands on`,
      /** `behind`: the last words before its former place. */
      moved: (by: string, quote: string, behind: string) => {
        const was = [quote && `on “${quote}”`, behind.trim() && `behind “${behind.trim()}”`].filter(Boolean)
        return was.length > 0 ? `${by} put it elsewhere: it was ${was.join(', ')}` : `${by} put it elsewhere`
      },
    },
    takenOver: (by: string) => `Taken over by ${by}`,
    reopened: (by: string, reason: string) =>
      reason ? `Reopened by ${by}: “${reason}”` : `Undone at once by ${by}`,
  },

  shortcuts: {
    table: 'Table the draft',
    more: 'All that can be done with the proposal',
  },
}

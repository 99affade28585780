import { participantMistakenFor } from '../../directory/look-alike.ts'
import type { AnswerFault, NameAnswer } from '../../model/understanding.ts'

/** Returns a fault for each answer that gives a name to somebody who would be taken for another participant. */
export function mistakenAnswers(names: readonly NameAnswer[]): readonly Pick<AnswerFault, 'message'>[] {
  return names.flatMap(({ written, participant }) => {
    const other = participant === null ? null : participantMistakenFor(participant)
    return other === null
      ? []
      : [
          {
            message: `“${written}” cannot be “${participant}”, which looks like ${other}: choose ${other}, or a name that is not taken for another's.`,
          },
        ]
  })
}

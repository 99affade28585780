/** Recognises set phrases that stand around the paragraphs of a draft. */

const STATUS =
  /^(?:[✓✔☑*–—-]\s*)?[[(［（]?(?:agreed|ad ref|convenu|acordado|согласовано|متفق عليه|已商定|商定)(?:[ ,][^.;:]{0,70})?[\])］）]?[.]?$/iu

/** Whether a line says the status of the paragraph above it: `(Agreed)`, `[Agreed ad ref]`, `AGREED`. */
export const isStatusMark = (text: string): boolean => text.length <= 80 && STATUS.test(text)

const MEETING =
  /plenary meeting|séance plénière|sesión plenaria|пленарное заседание|جلسة عامة|الجلسة العامة|全体会议/iu
const DATE =
  /^(?:\p{L}+,? )?\p{Nd}{1,2}(?:st|nd|rd|th|er)?[ .]\p{L}+\.?,? \p{Nd}{4}(?: (?:г|года)\.?)?(?:,? \p{Nd}{1,2}[.:]\p{Nd}{2} ?(?:[ap]\.?m\.?)?)?\.?$/iu
const PLAIN_DATE =
  /^(?:\p{Nd}{1,2}[./]\p{Nd}{1,2}[./]\p{Nd}{2,4}|\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}|\p{Nd}{4}年\p{Nd}{1,2}月\p{Nd}{1,2}日|\p{L}+ \p{Nd}{1,2}, \p{Nd}{4})$/u

export const isDate = (text: string): boolean =>
  text.length < 50 && (DATE.test(text) || PLAIN_DATE.test(text))

/** A date whose day or number is still to be put in: `... December 2022`. */
const OPEN_DATE = /^(?:\.{2,}|…) ?\p{L}+ \p{Nd}{4}\.?$/u

/** Whether a line says when a text was adopted: `18th plenary meeting`, `10 October 2018`. */
export const isDateline = (text: string): boolean =>
  isDate(text) || OPEN_DATE.test(text) || (text.length < 60 && MEETING.test(text) && !/[.;:]$/.test(text))

const CLOSING_FORMULA =
  /^(?:done (?:at|in)|adopted (?:at|in|on|by)|signed at|fait (?:à|le|en)|hecho en|совершено в|принято в|حرر في|订于|于.{2,30}(?:订立|签订))(?:[ ,]|(?<=[于立订]))/iu

/** Whether a line says where and when a text was signed: `Done at Tarvo, this fourth day of June.` */
export const isClosingFormula = (text: string): boolean => text.length < 200 && CLOSING_FORMULA.test(text)

const MASTHEAD = new RegExp(
  [
    'distr(?:\\.|ibution)',
    '^(?:united nations|nations unies|naciones unidas|организация объединенных наций|general assembly|assemblée générale|asamblea general|генеральная ассамблея|security council)(?: [A-Z]+/\\S+)?$',
    '(?:^|\\s)[A-Z]{1,4}/[A-Z0-9./-]*[0-9][A-Z0-9./-]*$',
    '\\bsession$|\\bперíодо de sesiones$|сессия$|届会议$|^الدورة',
    '^(?:provisional )?agenda item|^item \\d|^point \\d+|^tema \\d+|^пункт \\d+|^议程项目|^البند',
    '^original ?:',
    '^(?:draft (?:resolution|decision)|resolution|decision)s? (?:submitted|adopted|by)\\b',
    '^\\[(?:without reference|on the report|sur le rapport|sin remisión|по докладу|без передачи|根据)',
    '通过\\]$|^大会决议$|^الأمم المتحدة$|^الجمعية العامة$|^الأم[ــ]*م|مقدم[ةه]? من',
    '^(?:принято|принята) резолюци|представлен',
    'présentée? par|presentad[ao] por',
    '^on \\d{1,2} \\p{L}+ \\d{4}$',
    '^[^.;:]{2,200}: (?:revised )?draft (?:resolution|decision)$',
    '^(?:edited )?version of ',
    // Tables of contents.
    '(?:\\. ?){4,} ?\\p{Nd}+$|…+ ?\\p{Nd}+$|^(?:table of )?contents$|^table des matières$|^índice$|^содержание$|^目录$',
    // The heads of mails.
    '^[-_]{2,} ?(?:original|forwarded) (?:message|mail)',
    '^(?:from|sent|to|cc|subject|de|à|objet|para|asunto|от|кому|тема) ?: ',
  ].join('|'),
  'iu',
)

/** Whether a line belongs to the head of a printed document: who issues it, its symbol, the session, the agenda item. */
export const isMasthead = (text: string): boolean => text.length < 120 && MASTHEAD.test(text)

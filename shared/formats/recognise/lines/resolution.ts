/**
 * Recognises the clauses of resolutions and agreements in the languages in which they are drafted: the line that opens
 * them (`The General Assembly,`), the participle clauses of the preamble, and the verbs of the operative part.
 */

const SIGNS = /^["'“‘«([［*_\u200e\u200f]+/u

const LATIN_PARTICIPLE =
  /^(?:(?:\p{L}+ly|Also|Further|Again|Once more|Equally|Très|Plus) )*(?:\p{L}{2,}ing|\p{L}{2,}ant|\p{L}{2,}[ai]?[aeé]ndo\p{L}{0,3}|Convinced|Concerned|Mindful|Conscious|Aware|Alarmed|Determined|Guided|Encouraged|Inspired|Cognizant|Disturbed|Dismayed|Appalled|Persuaded|Resolved|Desirous|Committed|Pursuant|In pursuit|Having|Shocked|Grateful|Anxious|Confident|Consciente?s?|Convaincue?s?|Préoccupée?s?|Profondément|Gravement|Vivement|Résolue?s?|Soucieu(?:x|se)|Guidée?|Alarmée?|Encouragée?|Convencid[ao]s?|Preocupad[ao]s?|Profundamente|Guiad[ao]s?|Alarmad[ao]s?|Decidid[ao]s?)(?=[ ,:]|$)/iu
const RUSSIAN_PARTICIPLE =
  /^(?:\p{L}+ )?\p{L}{2,}(?:ая|яя|уя|юя|ея|ивая|яясь|ясь|вшись|вши|ив|нная|имая)(?=[ ,]|$)/iu
const ARABIC_PARTICIPLE = /^و?(?:إذ|قد|إدراكا|اقتناعا|تصميما|رغبة|إدراكاً|اقتناعاً)(?= )/u
const CHINESE_PARTICIPLE =
  /^(?:又|还|深为|严重|再次)?(?:回顾|重申|注意到|认识到|确认|深信|铭记|欢迎|赞扬|强调|考虑到|意识到|关切|申明|审议了|感谢|忆及|希望|决心|念及|鉴于|震惊|遵循|赞赏)/u

/** Whether a clause begins as those of a preamble do. */
export function isPreambular(words: string): boolean {
  const text = words.replace(SIGNS, '')
  return (
    LATIN_PARTICIPLE.test(text) ||
    RUSSIAN_PARTICIPLE.test(text) ||
    ARABIC_PARTICIPLE.test(text) ||
    CHINESE_PARTICIPLE.test(text)
  )
}

const OPERATIVE =
  /^(?:(?:Also|Further|Strongly|Urgently|Again|Once again|Once more|Solemnly|Decides|Demande|Prie) )*(?:Accepts|Acknowledges|Adopts|Affirms|Agrees|Appeals|Appoints|Appreciates|Approves|Authorizes|Calls|Commends|Condemns|Confirms|Congratulates|Considers|Declares|Decides|Demands|Deplores|Designates|Directs|Draws|Elects|Emphasizes|Encourages|Endorses|Establishes|Expresses|Extends|Instructs|Invites|Looks|Notes|Proclaims|Pledges|Reaffirms|Recalls|Recognizes|Recommends|Regrets|Reiterates|Reminds|Requests|Resolves|Salutes|Stresses|Supports|Suggests|Takes|Thanks|Transmits|Trusts|Underlines|Underscores|Urges|Welcomes|Décide|Prie|Demande|Invite|Engage|Exhorte|Réaffirme|Souligne|Note|Prend|Se félicite|Accueille|Recommande|Encourage|Condamne|Exprime|Adopte|Approuve|Proclame|Rappelle|Lance|Remercie|Salue|Pide|Solicita|Insta|Exhorta|Reafirma|Subraya|Toma|Acoge|Recomienda|Alienta|Invita|Condena|Expresa|Aprueba|Hace|Decide|Постановляет|Просит|Призывает|Предлагает|Подтверждает|Отмечает|Приветствует|Принимает|Рекомендует|Выражает|Настоятельно|Осуждает|Одобряет|Подчеркивает|Заявляет)(?=[ ,:]|$)/iu
const OPERATIVE_OTHER =
  /^(?:(?:تقرر|تطلب|تدعو|تحث|تؤكد|ترحب|تحيط|تشجع|توصي|تعرب|تدين|تعتمد|تهيب|تلاحظ|تشدد|يقرر|يطلب|يدعو|يحث|يؤكد|يرحب)(?= )|(?:又|还|再次)?(?:决定|请|敦促|呼吁|赞同|邀请|鼓励|建议|核可|通过|表示|吁请|要求|促请))/u

/** Whether a clause begins as those of an operative part do. */
export function isOperative(words: string): boolean {
  const text = words.replace(SIGNS, '')
  return OPERATIVE.test(text) || OPERATIVE_OTHER.test(text)
}

const BODY =
  /\b(?:Assembly|Council|Conference|Committee|Commission|Board|Parties|Meeting|Ministers|Governments?|Summit|Assemblée|Conseil|Conférence|Comité|Réunion|Asamblea|Consejo|Conferencia|Comisión|Partes)\b|Ассамблея|Совет|Конференция|Комитет|Организация|Стороны|الجمعية|[مم]جلس|مؤتمر|اللجنة|الأطراف|大会|理事会|缔约方|委员会|会议/u
const COMMA = /[,،，]$/u

/**
 * Whether a line is who speaks in a resolution or an agreement: `The General Assembly,`. `next` is the text of the
 * line behind it, which begins a clause.
 */
export function isOpening(text: string, next: string): boolean {
  // Most lines are dismissed by their first or last letters, which are cheaper to look at than their words.
  const listed = COMMA.test(text)
  if (text.length > 140 || !(listed || ARTICLE.test(text)) || text.split(' ').length > 16) return false
  const named = BODY.test(text) && (ARTICLE.test(text) || (listed && /^(?:大会|Генеральная) ?/u.test(text)))
  if (!listed && (!named || /[.;:]$/.test(text))) return false
  if (isPreambular(text) && !text.startsWith('Генеральная ')) return false
  return (listed && named) || isPreambular(next) || isOperative(next)
}

const ARTICLE = /^(?:The|La|Le|Les|L['’]|El|Los|Las|إن)/u

const SPEAKERS = /^(?:We|Nous|Nosotros|Nosotras|Мы|نحن|我们)(?:[,،， ]|$)/u

/** Whether a paragraph opens a declaration: `We, Heads of State and Government, …`. */
export const isDeclaring = (text: string): boolean => SPEAKERS.test(text.replace(SIGNS, ''))

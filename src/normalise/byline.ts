/** Words before a name that need no colon, but a capital or a script without capitals after them. */
const prepositions = [
  String.raw`autor(?:in)?\s?[/*:]\s?(?:in|autor(?:in)?)|authors?|autor(?:in|a|en|es|zy|ka)?|auteure?s?|autore|автор(?:ы|ка)?|yazar|penulis`,
  'by|par|por|door|von|av|af|di|oleh|bởi|przez|tarafından|از',
  String.raw`(?:written|posted|report(?:ed|ing)|writing|published|story|words|text|article|compiled|created|contributed|submitted|insights|authored)\s+(?:by|from)`,
  String.raw`(?:this\s+(?:post|article|story)\s+was\s+written|last\s+updated|an\s+article)\s+by`,
  String.raw`(?:geschrieben|verfasst|(?:ein\s+)?(?:beitrag|artikel|kommentar|interview|text))\s+von`,
  String.raw`(?:écrit|rédigé|publié|propos\s+recueillis)\s+par|(?:escrito|redactado|publicado)\s+por|(?:scritto|pubblicato)\s+da|a\s+cura\s+di`,
  String.raw`(?:skrevet|skriven|publicerad|publisert|text)\s+(?:av|af)|geschreven\s+door|scris\s+de|tekst\s+i\s+zdjęcia`,
  String.raw`yazan|írta|napsala?|opracował(?:a)?|подготовил[аи]?|написал[аи]?`,
  String.raw`بقلم|كتبت?|लेखक|द्वारा|γράφει\s+(?:ο|η)|του|της|מאת`,
].join('|')

/** Words before a name that need a colon. */
const labels = [
  'by|authors?|author\\s+name|writers?|reporters?|words|text|texte|texto|testo|tekst|teksti|text\\s+by',
  'autor(?:en|in|es|a|as|zy|i)?|auteurs?|autore|autori|autrice|verfasser(?:in)?|redakteur(?:in)?|redaktor|penulis|reporter|yazar|haber',
  'автор(?:ы|и|ка|ка\\s+текста)?(?:\\s+(?:статьи|текста|материала|публикации|новости|новини|тексту))?|текст|журналист(?:ка)?|корреспондент|подготовил(?:а|и)?',
  'συντάκτης|συγγραφέας|κείμενο|szerző|író|tác\\s+giả|kirjoittaja|skribent|journalist|journaliste|periodista|giornalista',
  'الكاتب|كاتب|تحرير|نویسنده|लेखक|संवाददाता|作者|撰文|文|记者|記者|责编|責編|责任编辑|責任編輯|编辑|編輯|執筆|글|기자|מאת|von|von\\s+uns',
].join('|')

const preposition = new RegExp(`^(?:${prepositions})\\s+`, 'iu')
const label = new RegExp(`^[([（【]?(?:${labels}|${prepositions})\\s?[:：/／|｜=＝]\\s?`, 'iu')

/** Where the words before a name end in a line such as "By Ann Lee" or "Автор: Анна Ли"; 0 when there are none. */
export function lengthOfByline(line: string): number {
  const words = preposition.exec(line)
  if (words !== null && /^(?![\p{Ll}\d:：])/u.test(line.slice(words[0].length))) return words[0].length
  return label.exec(line)?.[0].length ?? 0
}

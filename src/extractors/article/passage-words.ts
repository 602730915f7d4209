/** What the words of a short passage tell of it, in many languages: each a sign of things around an article's text. */
const signs: readonly RegExp[] = [
  // Asks the reader to do something: subscribe, follow, click, install.
  /newsletter|sign(?:ing)? ?up|subscri|(?:your|in) inbox|follow (?:us|him|her|me|@|\w+ on )|click (?:here|on)|download (?:the|our) app|app store|google (?:play|news)|whatsapp|telegram[- ]|e-?paper|clique|haga clic|cliquez|klicken sie|hier klicken|abonnier|abonne[zr]|abónate|suscríb|assine|inscreva|iscriviti|подпи[сш]|рассылк|читайте|购读|購読|フォロー|订阅|訂閱|关注|關注|abone ol|prenumer|tilmeld/i,
  // Asks to load what others serve, or tells of data protection.
  /extern\w{0,3} inhalt|external content|contenus? externes?|contenido externo|contenuti? estern|drittplattform|third[- ]party (?:content|service)|personenbezogene daten|datenschutz|privacy (?:policy|settings)|cookie|javascript (?:is|aktivier)|enable javascript|einverstanden, dass/i,
  // Names who made a picture.
  /\bimage:|\(image|getty|shutterstock|istock|\bafp\b|\bap photo|reuters\/|\bimago\b|picture[- ]alliance|\bfoto:|\bfotos?\b.{0,20}(?:©|:)|\bphotos?(?:graph)?(?: by|:|\/)|\bbild:|credit:|courtesy of|撮影|提供|фото[: ]|©/i,
  // Names who wrote it, or what it came from.
  /^(?:additional )?(?:reporting|writing|editing) by|contributed to this|staff writer|is a (?:senior |staff )?(?:reporter|writer|journalist|editor|researcher|professor)|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|originally (?:appeared|published)|first published|affiliate commission|do not necessarily reflect/i,
  // An address to write to or a number to call.
  /\S@\S+\.\w|\+\d[\d ()-]{7,}|\(\d{3}\) ?\d{3}-\d{4}/,
]

const longestRead = 400

/** One number for each sign: 1 where the passage shows it. Longer passages are judged by other means. */
export function wordSigns(text: string): readonly number[] {
  return signs.map((sign) => (text.length <= longestRead && sign.test(text) ? 1 : 0))
}

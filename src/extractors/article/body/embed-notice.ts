/** What stands in the place of a video, post or map of another host until the reader has agreed to load it. */
export const isEmbedNotice = (text: string): boolean =>
  namesEmbed.test(text) && (asksToAgree.test(text) || announcesEmbed.test(text))

/** What it is that others serve. */
const namesEmbed =
  /inhalt|drittplattform|drittanbieter|content|video|vídeo|vidéo|tweet|post\b|contenu|contenido|contenut|inhoud|conteúdo|treść|innehåll|innhold|indhold|obsah|beitrag|instagram|youtube|facebook|tiktok/i

/** The wording of the notices that newsrooms and their consent tools put there. */
const announcesEmbed =
  /an dieser stelle (?:findest|finden|befindet|steht|wird|ist)\b.{0,80}extern|^(?:empfohlener )?(?:redaktioneller|externer) inhalt$|privatsphäre-einstellungen verhindern|personenbezogene daten .{0,60}(?:drittplattform|drittanbieter)|content provided by .{0,60}we ask for your permission|(?:this )?content is hosted (?:by|on) (?:a|an) (?:third|external)/i

/** A reader who wants to see it is to agree, or to let cookies be set. */
const asksToAgree =
  /einverstanden, dass .{0,60}inhalt|(?:zustimmung|einwilligung)\b.{0,120}(?:anzuzeigen|angezeigt|zu laden|geladen)|(?:anzuzeigen|zu sehen|zu laden|anzeigen zu können)\b.{0,80}(?:zustimm|einwillig|cookies)|^to (?:view|see|watch|load|display) (?:this|the|it)\b.{0,100}(?:cookies|consent|privacy settings)|we need your (?:consent|permission) to (?:load|show|display)|(?:please )?(?:accept|allow|enable) .{0,40}cookies .{0,30}to (?:view|see|watch|load)|(?:contenu|vidéo)\b.{0,120}(?:accepté|refusé|accepter|autoriser)\b.{0,40}(?:cookies|traceurs)|pour (?:voir|afficher|visionner|regarder) .{0,80}(?:cookies|traceurs)|para (?:ver|visualizar|mostrar) .{0,80}(?:acept|permit).{0,60}cookies|per (?:visualizzare|vedere) .{0,80}(?:accett|consens).{0,60}cookie|cookies? .{0,40}(?:accepteren|accepteer|toestemming).{0,60}(?:bekijk|zien|inhoud)|(?:om deze|je ziet geen) .{0,100}cookies|(?:aby (?:zobaczyć|wyświetlić|obejrzeć)) .{0,100}(?:cookies|zgod)|för att (?:se|visa|titta på) .{0,100}(?:cookies|kakor|samtyck)|for (?:å|at) (?:se|vise) .{0,100}(?:cookies|informasjonskapsler|samtykk)/i

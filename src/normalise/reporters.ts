/** "新华社记者李明", "記者 李明": who stands behind is a reporter. */
const before =
  /^[【[(（]?\s?\p{sc=Han}{0,8}?(?:特约|特約|实习|實習|首席)?(?:记者|記者|通讯员|通訊員)\s?(?=\p{sc=Han})/u
/** "／台北報導". */
const filed = /\s?[／/]\s?\p{sc=Han}{2,8}(?:報導|報道|报道|電|电|訊|讯)\s?[】\])）]?$/u
/** "김철수 기자", "山田太郎記者": who stands before is a reporter. */
const after =
  /(?<=[\p{sc=Han}\p{sc=Hangul}]{2})(?<!本[社报報网])\s?(?:記者|记者|선임기자|인턴기자|기자|특파원|논설위원)(?=$|\s?[,，、·])/gu
/** "(서울=연합뉴스)", "서울=연합뉴스". */
const dateline = /^[([（【]?\p{sc=Hangul}{2,8}=[\p{L} ]{2,12}?[)\]）】]?\s(?=\p{sc=Hangul})/u
const nextReporter = /\s(?=(?:记者|記者|通讯员|通訊員)\s?\p{sc=Han})/u
const chineseNames = /^\p{sc=Han}{2,4}(?:\s\p{sc=Han}{2,4})+$/u

/** The names in a line of Chinese, Japanese or Korean that says of them that they are reporters; other lines as they are. */
export function reportersIn(line: string): string[] {
  return line.split(nextReporter).flatMap((part) => {
    const name = part.trim().replace(dateline, '').replace(filed, '')
    const bare = withoutReporter(name.replace(before, ''))
    return /^\S{0,9}(?:记者|通讯员)/u.test(name) && chineseNames.test(bare) ? bare.split(/\s/u) : [bare]
  })
}

/** "김철수 기자": the name alone. */
export const withoutReporter = (name: string): string => name.replace(after, '')

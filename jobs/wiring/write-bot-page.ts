import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fullUserAgent, productTokenOf } from '../../src/crawlers/fetch/request.ts'
import { parseOrigin, renderBotPage, renderOrigins } from '../../src/report/bot-page.ts'
import { type Settings, UsageError } from '../../src/settings.ts'
import { identityOf } from './identity.ts'

/**
 * Writes the page on the bot, and the list of its addresses where any are told.
 * @returns the files. @throws UsageError without a contact, or for what is no public address.
 */
export async function writeBotPage(
  settings: Settings,
  folder: string,
  addresses: readonly string[],
): Promise<string[]> {
  const { contact } = settings
  if (contact === null)
    throw new UsageError('COMMENTARIAT_CONTACT is not set; the page is to tell whom to turn to')
  const origins = addresses.map((told) => {
    const origin = parseOrigin(told)
    if (origin === null)
      throw new UsageError(
        `--address ${told} is no public address or range; give one as others see it, such as 8.8.4.4 or 2001:4860::/32`,
      )
    return origin
  })
  const identity = identityOf(settings)
  const page = await renderBotPage({
    token: productTokenOf(identity.userAgent) ?? identity.userAgent,
    userAgent: fullUserAgent(identity),
    contact,
    hasOrigins: origins.length > 0,
  })
  const [pagePath, listPath] = [join(folder, 'index.html'), join(folder, 'addresses.json')]
  await mkdir(folder, { recursive: true })
  await writeFile(pagePath, page)
  if (origins.length === 0) {
    await rm(listPath, { force: true })
    return [pagePath]
  }
  await writeFile(listPath, renderOrigins(origins, new Date()))
  return [pagePath, listPath]
}

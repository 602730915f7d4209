import { Command } from 'commander'
import { proposeNewSite, type NewSiteFlags } from './wiring/propose-new-site.ts'
import { runJob } from './wiring/run-job.ts'

export const command = new Command('new-site')
  .description(
    'Looks at a few articles of a site, shows what is had of it without any declaration and what looks wrong, and ' +
      'writes the smallest declaration that does, with a page for its test.',
  )
  .argument('<url>', 'the front page, or the feed, sitemap or section that announces the articles')
  .option('--id <id>', 'id of the site (default: its host)')
  .option(
    '--out <folder>',
    'write into this folder of further sites (COMMENTARIAT_SITES), not into src/sites',
  )
  .option('--allow-private-network', 'loopback and private addresses may be fetched', false)
  .option('--yes', 'write without asking; nobody is asked where standard input is no terminal', false)
  .option('--dry-run', 'only show what would be written', false)
  .option('--force', 'write over files that are there', false)
  .addHelpText(
    'after',
    '\nExamples:\n  npm run new-site -- https://example.com/ --id example' +
      '\n  npm run new-site -- https://example.com/ --dry-run',
  )

await runJob(command, async (job) => {
  return proposeNewSite(job, command.args[0] ?? '', command.opts<NewSiteFlags>())
})

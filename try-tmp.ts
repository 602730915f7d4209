import { buildJobs } from './test/chaos/build-jobs.ts'
import { openDatabases } from './test/chaos/databases.ts'
import { failpointsOn, killAtFailpoints, killAtInstants } from './test/chaos/kills.ts'
const kind = process.argv[2] as 'embedded' | 'server'
const jobs = await buildJobs()
const databases = await openDatabases(kind)
const rig = { jobs, databases, note: (l: string) => console.log(l) }
try {
  console.log(JSON.stringify(await killAtFailpoints(rig, { names: failpointsOn(kind), mostHits: 1, seed: 1 }), null, 1))
  console.log(process.cpuUsage(), process.resourceUsage().userCPUTime)
  console.log(JSON.stringify(await killAtInstants(rig, { instants: 10, seed: 1 }), null, 1))
} finally { await databases.close(); jobs.remove() }

/**
 * Never answers a step and does not end when asked to, and neither does the process it starts.
 * That one keeps a connection to a socket open as long as it lives: `hangs-stubbornly /path/of/socket`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { answer, converse, hang } from './conduct.ts'

const [socket = ''] = process.argv.slice(2)
const GRANDCHILD = `
  process.on('SIGTERM', () => undefined)
  require('node:net').connect(process.argv[1], () => process.send('connected'))
`

process.on('SIGTERM', () => undefined)
converse({
  open: async (request) => {
    const grandchild = spawn(process.execPath, ['-e', GRANDCHILD, socket], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    await once(grandchild, 'message')
    answer(request)
  },
  step: hang,
})

#!/usr/bin/env node
/**
 * The `ftspec` command.
 */
import { runCommand } from './commands/run-command.ts'
import { terminalOf } from './commands/terminal.ts'
import { EXIT } from './verdict/gate.ts'

// Who reads the output may stop before its end, as `head` does; what the command was called for is done all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const terminal = terminalOf(process.stdout, process.stderr, process.env, process.cwd())
process.exitCode = await runCommand(process.argv.slice(2), terminal)
// What broke off may have left something running that nobody will end.
if (process.exitCode === EXIT.internal) process.exit()

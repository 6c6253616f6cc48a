#!/usr/bin/env node
/**
 * The `ftspec` command.
 */
import './subject/loading.js'

// Not before it is said how they are loaded.
const { runCommand } = await import('./commands/run-command.ts')
const { terminalOf, tolerate } = await import('./commands/terminal.ts')
const { EXIT } = await import('./verdict/gate.ts')

process.stdout.on('error', tolerate)
const terminal = terminalOf(process.stdout, process.stderr, process.env, process.cwd())
process.exitCode = await runCommand(process.argv.slice(2), terminal)
// What broke off may have left something running that nobody will end.
if (process.exitCode === EXIT.internal) process.exit()

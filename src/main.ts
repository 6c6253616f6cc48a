#!/usr/bin/env node
/**
 * The `ftspec` command.
 */
import './subject/loading.js'
import { runCommand } from './commands/run-command.ts'
import { terminalOf, tolerate } from './commands/terminal.ts'
import { EXIT } from './verdict/gate.ts'

process.stdout.on('error', tolerate)
const terminal = terminalOf(process.stdout, process.stderr, process.env, process.cwd())
process.exitCode = await runCommand(process.argv.slice(2), terminal)
// What broke off may have left something running that nobody will end.
if (process.exitCode === EXIT.internal) process.exit()

/**
 * The published description of the event log.
 */
import { fieldTable, jsonSchema } from '../protocol/schemas.ts'
import { FORMAT, LogRecord } from './log.ts'

/** The JSON Schema of one line of a log. */
export const logSchema = (): string => jsonSchema(LogRecord.meta({ title: 'one line of the event log' }))

/** The page, as Markdown. */
export function logPage(): string {
  const records = LogRecord.options.map(
    (record) => `## ${record.shape.record.value}\n\n${record.description}\n\n${fieldTable(record, ['record'])}\n`,
  )
  return `# The event log

Written by \`node src/publish.ts\` from \`src/report/log.ts\`. A run writes \`events.ndjson\`: one JSON object per line, in the order in
which things happened, each with a \`record\` that says what it is. This is format ${FORMAT}; a reader refuses any other. The
[schema](report-log.schema.json) of a line says everything; \`ftspec compare\` and the report are made from nothing else.

${records.join('\n')}`
}

/* Lines that go through a file descriptor, one message each. */
#ifndef ADAPTER_LINES_H
#define ADAPTER_LINES_H

#include <stdbool.h>

#include "text.h"

/* Reads a line, without its end, and ahead. Answers false at the end of the input. */
bool receive_line(int descriptor, Text *line);

/* Forgets what was read ahead: the number of the descriptor belongs to something else from now on. */
void forget_lines(int descriptor);

/* Writes a line and its end. Answers false if nobody reads it. */
bool send_line(int descriptor, const char *line);

/* Requests and replies go elsewhere from here on: what a program of the scenario reads and writes is nothing. */
void leave_standard_streams(void);

/* Answers each line of the standard input with one on the standard output, until there is none or nobody reads them. */
void answer_lines(void (*answer)(const char *line, Text *reply));

#endif

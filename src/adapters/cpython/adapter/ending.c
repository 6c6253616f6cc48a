#include "ending.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

void
die_like(pid_t child)
{
    struct rlimit no_core = {0, 0};
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) {
        /* The child has left its core, if cores are wanted. */
        setrlimit(RLIMIT_CORE, &no_core);
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
    }
    _exit(WIFEXITED(status) && WEXITSTATUS(status) ? WEXITSTATUS(status) : EXIT_FAILURE);
}

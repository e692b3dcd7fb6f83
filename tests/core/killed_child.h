// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>
#include <set>

#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lacuna::test {

/// What became of a child process.
enum class KilledChild { Ended, Killed, Failed };

/// Whether a system call can change files.
inline bool changes_files(unsigned long long call)
{
    static const std::set<unsigned long long> calls{
        SYS_openat,    SYS_write,  SYS_writev, SYS_pwrite64, SYS_fsync,    SYS_fdatasync, SYS_close,
        SYS_ftruncate, SYS_fchmod, SYS_linkat, SYS_unlinkat, SYS_renameat, SYS_mkdirat,
#ifdef SYS_open
        SYS_open,      SYS_link,   SYS_unlink, SYS_rename,   SYS_mkdir,
#endif
        SYS_renameat2};
    return calls.contains(call);
}

/// Does `work` in a child process and kills it with SIGKILL just before its system call number `call`, counted from
/// 1 among those that can change files.
template <typename Work> KilledChild run_and_kill_at(int call, Work&& work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        ::raise(SIGSTOP);
        int code = 1;
        try {
            work();
            code = 0;
        } catch (...) {
        }
        ::_exit(code);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
        return KilledChild::Failed;
    ::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    for (int seen = 0;;) {
        ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
        if (::waitpid(child, &status, 0) != child)
            return KilledChild::Failed;
        if (WIFEXITED(status))
            return WEXITSTATUS(status) == 0 ? KilledChild::Ended : KilledChild::Failed;
        if (!WIFSTOPPED(status))
            return KilledChild::Failed;
        __ptrace_syscall_info info{};
        ::ptrace(PTRACE_GET_SYSCALL_INFO, child, reinterpret_cast<void*>(sizeof info), &info);
        if (info.op == PTRACE_SYSCALL_INFO_ENTRY && changes_files(info.entry.nr) && ++seen == call) {
            ::kill(child, SIGKILL);
            ::waitpid(child, &status, 0);
            return KilledChild::Killed;
        }
    }
}

/// The exit code of `work` in a process of its own, for limits that must not outlive it; 99: it threw.
template <typename Work> int in_another_process(Work&& work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        int code = 99;
        try {
            code = work();
        } catch (...) {
        }
        ::_exit(code);
    }
    int status = -1;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The same where files cannot grow beyond `room` bytes, as on a full disk.
template <typename Work> int in_limited_child(std::size_t room, Work&& work)
{
    return in_another_process([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{room, room};
        return ::setrlimit(RLIMIT_FSIZE, &limit) == 0 ? work() : 99;
    });
}

} // namespace lacuna::test

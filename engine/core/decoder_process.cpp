// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/decoder_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/core/decoder_protocol.h"
#include "engine/core/error.h"
#include "engine/core/picture_codecs.h"

namespace lacuna {

namespace {

using decoder::Header;

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    int get() const { return number_; }
    void close()
    {
        if (number_ >= 0)
            ::close(std::exchange(number_, -1));
    }

private:
    int number_;
};

[[noreturn]] void fail(const std::string& name, const std::string& cause, const std::string& action)
{
    throw Error(ErrorKind::Input, name, cause, action);
}

[[noreturn]] void fail_here(const std::string& name, int error)
{
    fail(name, std::string("cannot be decoded: ") + std::strerror(error),
         "Close other programs and try again");
}

/// Above the numbers that the program is given, so that none of them is in the way of another.
Descriptor raised(int number, const std::string& name)
{
    const Descriptor low(number);
    const int high = low.get() < 0 ? -1 : ::fcntl(low.get(), F_DUPFD_CLOEXEC, decoder::alive_descriptor + 1);
    if (high < 0)
        fail_here(name, errno);
    return Descriptor(high);
}

Descriptor memory_file(const std::string& name)
{
    return raised(::memfd_create("lacuna-picture", MFD_CLOEXEC | MFD_ALLOW_SEALING), name);
}

Descriptor memory_file(std::span<const std::uint8_t> bytes, const std::string& name)
{
    Descriptor file = memory_file(name);
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t n = ::write(file.get(), bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            fail_here(name, n < 0 ? errno : ENOSPC);
        done += std::size_t(n);
    }
    if (::fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
        fail_here(name, errno);
    return file;
}

/// The process, which is killed and waited for unless that has been done.
class Child {
public:
    explicit Child(pid_t pid) : pid_(pid) {}
    ~Child()
    {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            wait();
        }
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    int wait()
    {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return status;
    }

private:
    pid_t pid_;
};

pid_t start(const DecoderProgram& decoder, const Descriptor& file, const Descriptor& answer,
            const Descriptor& alive, const std::string& name)
{
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, file.get(), decoder::file_descriptor);
    ::posix_spawn_file_actions_adddup2(&actions, answer.get(), decoder::answer_descriptor);
    ::posix_spawn_file_actions_adddup2(&actions, alive.get(), decoder::alive_descriptor);
    posix_spawnattr_t attributes; // the signals as any program expects them
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    std::string program = decoder.path.string(), libraries = "LD_LIBRARY_PATH=";
    if (const char* given = std::getenv("LD_LIBRARY_PATH"))
        libraries += given;
    std::array<char*, 2> arguments{program.data(), nullptr}, environment{libraries.data(), nullptr};
    pid_t pid = -1;
    const int error =
        ::posix_spawn(&pid, program.c_str(), &actions, &attributes, arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        fail(name, "cannot be decoded: " + program + ": " + std::strerror(error), "Reinstall Lacuna");
    return pid;
}

/// False when the time is over before the descriptor's other end is closed.
bool ends_in_time(const Descriptor& alive, int seconds)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now())
                .count();
        pollfd wait{alive.get(), POLLIN, 0};
        const int ready = ::poll(&wait, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
        if (ready > 0 || (ready < 0 && errno != EINTR))
            return true;
        if (left <= 0)
            return false;
    }
}

void refuse_status(int status, const std::string& name)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return;
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (signal == SIGXCPU || signal == SIGKILL)
        fail(name, "takes too long to decode", "Save it anew with another program");
    fail(name, "made its decoder crash, which did no harm", "Save it anew with another program");
}

/// Reads the answer with every number checked against its size.
class Answer {
public:
    Answer(const Descriptor& file, const std::string& name) : file_(file), name_(name)
    {
        struct stat info {};
        if (::fstat(file.get(), &info) == 0)
            left_ = static_cast<std::uint64_t>(info.st_size);
    }
    void read(void* to, std::uint64_t size)
    {
        if (size > left_)
            refuse();
        left_ -= size;
        for (auto* bytes = static_cast<char*>(to); size > 0;) {
            const ssize_t n = ::pread(file_.get(), bytes, size, at_);
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0)
                refuse();
            bytes += n;
            at_ += n;
            size -= std::uint64_t(n);
        }
    }
    std::uint64_t left() const { return left_; }
    [[noreturn]] void refuse() const
    {
        fail(name_, "got an answer of its decoder that makes no sense", "Save it anew with another program");
    }

private:
    const Descriptor& file_;
    const std::string& name_;
    std::uint64_t left_ = 0;
    off_t at_ = 0;
};

OutsidePicture read_answer(Answer answer, const std::string& name)
{
    Header header;
    answer.read(&header, sizeof header);
    header.cause[decoder::longest_sentence - 1] = header.action[decoder::longest_sentence - 1] = 0;
    if (header.magic != decoder::magic)
        answer.refuse();
    if (header.width == 0)
        fail(name, header.cause, header.action);
    check_size(header.width, header.height, name);
    if (header.channels < 1 || header.channels > 4 || (header.bits != 8 && header.bits != 16)
        || header.texts > decoder::most_texts)
        answer.refuse();
    const std::uint64_t bytes = std::uint64_t(header.width) * std::uint64_t(header.height)
                                * std::uint64_t(header.channels) * std::uint64_t(header.bits / 8);
    if (bytes > answer.left())
        answer.refuse();
    OutsidePicture found;
    found.text_problem = printable(header.cause);
    found.picture = make_picture(header.width, header.height, header.channels, header.bits,
                                 [&](std::uint8_t* to) { answer.read(to, bytes); });
    for (std::uint32_t i = 0; i < header.texts; ++i) {
        std::uint32_t lengths[2] = {};
        answer.read(lengths, sizeof lengths);
        if (std::uint64_t(lengths[0]) + lengths[1] > std::min(answer.left(), decoder::most_text_bytes))
            answer.refuse();
        std::string key(lengths[0], 0), value(lengths[1], 0);
        answer.read(key.data(), key.size());
        answer.read(value.data(), value.size());
        found.texts.emplace_back(std::move(key), std::move(value));
    }
    return found;
}

} // namespace

DecoderProgram decoder_program()
{
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    return {(program.parent_path() / LACUNA_DECODER_FROM_BIN).lexically_normal()};
}

OutsidePicture decode_outside(std::span<const std::uint8_t> bytes, const std::string& name,
                              const DecoderProgram& decoder)
{
    if (bytes.empty())
        refuse_picture(name, "is empty");
    const Descriptor file = memory_file(bytes, name), answer = memory_file(name);
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        fail_here(name, errno);
    const Descriptor alive = raised(ends[0], name);
    Descriptor theirs = raised(ends[1], name);
    Child child(start(decoder, file, answer, theirs, name));
    theirs.close();
    if (!ends_in_time(alive, decoder.seconds))
        fail(name, "takes too long to decode", "Save it anew with another program");
    refuse_status(child.wait(), name);
    return read_answer(Answer(answer, name), name);
}

} // namespace lacuna

// SPDX-License-Identifier: GPL-3.0-or-later
// What runs in the decoding program.
#include <cerrno>
#include <cstring>
#include <new>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/core/decoder_process.h"
#include "engine/core/decoder_protocol.h"
#include "engine/core/error.h"

namespace lacuna {

namespace {

using decoder::Header;

constexpr rlim_t memory = rlim_t(3) << 29; ///< 1.5 GB
constexpr rlim_t bytes_per_second = 8 << 20, fewest_seconds = 5;

void limit(__rlimit_resource_t what, rlim_t value)
{
    const rlimit both{value, value};
    ::setrlimit(what, &both);
}

/// Nothing of the parent is open but the three descriptors; nothing more can be opened or started.
void close_doors(std::uint64_t file_bytes)
{
    ::syscall(SYS_close_range, decoder::alive_descriptor + 1, ~0U, 0);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NPROC, 0);
    limit(RLIMIT_NOFILE, decoder::alive_descriptor + 1);
    limit(RLIMIT_FSIZE, memory);
    limit(RLIMIT_CPU, fewest_seconds + file_bytes / bytes_per_second);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // these reserve far more than they use
    limit(RLIMIT_AS, memory + file_bytes);
#endif
}

bool write_all(const void* data, std::size_t size)
{
    const auto* bytes = static_cast<const char*>(data);
    for (std::size_t done = 0; done < size;) {
        const ssize_t n = ::write(decoder::answer_descriptor, bytes + done, size - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += std::size_t(n);
    }
    return true;
}

void copy_sentence(char (&to)[decoder::longest_sentence], const std::string& text)
{
    std::strncpy(to, text.c_str(), sizeof to - 1);
}

bool write_texts(const TextChunks& texts)
{
    bool good = true;
    for (const auto& [key, value] : texts) {
        const std::uint32_t lengths[2] = {std::uint32_t(key.size()), std::uint32_t(value.size())};
        good = good && write_all(lengths, sizeof lengths) && write_all(key.data(), key.size())
               && write_all(value.data(), value.size());
    }
    return good;
}

bool is_png(std::span<const std::uint8_t> file)
{
    return file.size() > 4 && std::memcmp(file.data(), "\x89PNG", 4) == 0;
}

bool answer(std::span<const std::uint8_t> file)
{
    Header header{.magic = decoder::magic};
    Picture picture;
    TextChunks texts;
    try {
        picture = decode_picture(file, "picture");
        header.width = picture.width;
        header.height = picture.height;
        header.channels = picture.channels;
        header.bits = picture.bits;
    } catch (const Error& error) {
        copy_sentence(header.cause, error.cause());
        copy_sentence(header.action, error.action());
    } catch (const std::bad_alloc&) {
        copy_sentence(header.cause, "needs more than 1.5 GB of memory");
        copy_sentence(header.action, "Use a smaller picture");
    }
    if (header.width > 0 && is_png(file)) {
        try {
            texts = read_png_texts(file, "picture");
            std::uint64_t bytes = 0;
            for (const auto& [key, value] : texts)
                bytes += key.size() + value.size();
            check(texts.size() <= decoder::most_texts && bytes <= decoder::most_text_bytes, "texts are few");
        } catch (const std::exception& error) {
            const auto* ours = dynamic_cast<const Error*>(&error);
            copy_sentence(header.cause,
                          ours && ours->kind() == ErrorKind::Input ? ours->cause() : "has too many texts");
            texts.clear();
        }
    }
    header.texts = std::uint32_t(texts.size());
    return write_all(&header, sizeof header)
           && (picture.empty() || write_all(picture.bytes->data(), picture.bytes->size()))
           && write_texts(texts);
}

} // namespace

int run_decoder()
{
    struct stat info {};
    if (::fstat(decoder::file_descriptor, &info) != 0 || info.st_size <= 0)
        return 1;
    const auto size = static_cast<std::size_t>(info.st_size);
    // Nobody can change or shorten it: the parent has sealed it.
    void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, decoder::file_descriptor, 0);
    if (bytes == MAP_FAILED)
        return 1;
    close_doors(size);
    return answer({static_cast<const std::uint8_t*>(bytes), size}) ? 0 : 1;
}

} // namespace lacuna

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_checkpoint.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <span>
#include <string_view>

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include "app/commands/timing.h"
#include "engine/checkpoint/crc32.h"
#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/philox.h"
#include "engine/models/state_dict.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr int tensors = 64;
constexpr std::int64_t rows = 1024, columns = 1024; ///< of each
constexpr std::uint64_t tensor_bytes = rows * columns * sizeof(float);
constexpr int rounds = 3;

/// Normal numbers; each tensor has one number that no other has.
class Values {
public:
    Values() : numbers_(rows * columns) { standard_normals({.seed = 17}, numbers_.data(), numbers_.size()); }

    std::span<const std::uint8_t> of(int tensor)
    {
        numbers_.front() = static_cast<float>(tensor);
        return {reinterpret_cast<const std::uint8_t*>(numbers_.data()), tensor_bytes};
    }

private:
    std::vector<float> numbers_;
};

std::string name_of_tensor(int tensor)
{
    return "blocks." + std::to_string(tensor) + ".weight";
}

void write_as_safetensors(const fs::path& path, Values& values)
{
    std::map<std::string, SafetensorsEntry> entries;
    std::map<std::string, int> numbers;
    for (int i = 0; i < tensors; ++i) {
        entries[name_of_tensor(i)] = {DType::F32, {rows, columns}};
        numbers[name_of_tensor(i)] = i;
    }
    write_safetensors(path, entries, {}, [&](const std::string& name, std::span<std::byte> bytes) {
        std::memcpy(bytes.data(), values.of(numbers.at(name)).data(), bytes.size());
    });
}

std::string little(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += i < 8 ? static_cast<char>(value >> (8 * i) & 0xFF) : '\0';
    return text;
}

std::string joined(std::initializer_list<std::string_view> pieces)
{
    std::string text;
    for (const std::string_view piece : pieces)
        text.append(piece);
    return text;
}

/// A zip file of stored members, written one after another.
class StoredZip {
public:
    explicit StoredZip(const fs::path& path) : file_(path) {}

    void add(const std::string& name, std::span<const std::uint8_t> bytes)
    {
        const std::string common =
            joined({little(0x0800, 2), little(0, 6), little(crc32(0, bytes), 4), little(bytes.size(), 4),
                    little(bytes.size(), 4), little(name.size(), 2), little(0, 2)});
        directory_ += joined({"PK\1\2", little(0, 4), common, little(0, 10), little(written_, 4), name});
        const std::string header = joined({"PK\3\4", little(0, 2), common, name});
        file_.write(header);
        file_.write(bytes);
        written_ += header.size() + bytes.size();
        ++members_;
    }
    void add(const std::string& name, const std::string& text)
    {
        add(name, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
    }
    void finish()
    {
        file_.write(joined({directory_, "PK\5\6", little(0, 4), little(members_, 2), little(members_, 2),
                            little(directory_.size(), 4), little(written_, 4), little(0, 2)}));
        file_.commit();
    }

private:
    AtomicFile file_;
    std::string directory_{};
    std::uint64_t written_ = 0, members_ = 0;
};

/// A dictionary of tensors as torch.save pickles it, protocol 2.
std::string pickled_dictionary()
{
    const auto text = [](const std::string& words) { return joined({"X", little(words.size(), 4), words}); };
    const auto whole = [](std::uint64_t value) { return joined({"J", little(value, 4)}); };
    std::string pickle = "\x80\x02}(";
    for (int i = 0; i < tensors; ++i)
        pickle += joined({text(name_of_tensor(i)), "ctorch._utils\n_rebuild_tensor_v2\n((", text("storage"),
                          "ctorch\nFloatStorage\n", text(std::to_string(i)), text("cpu"),
                          whole(rows * columns), "tQ", whole(0), "(", whole(rows), whole(columns), "t(",
                          whole(columns), whole(1), "t\x89", "ccollections\nOrderedDict\n)RtR"});
    return pickle + "u.";
}

void write_as_torch_zip(const fs::path& path, Values& values)
{
    StoredZip zip(path);
    zip.add("archive/data.pkl", pickled_dictionary());
    for (int i = 0; i < tensors; ++i)
        zip.add("archive/data/" + std::to_string(i), values.of(i));
    zip.add("archive/version", std::string("3\n"));
    zip.finish();
}

class OpenFile {
public:
    explicit OpenFile(const fs::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC))
    {
        check(descriptor_ >= 0, "the file that was just written can be opened");
    }
    ~OpenFile() { ::close(descriptor_); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    void drop_from_page_cache() const { ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED); }
    void read_to_the_end() const
    {
        std::vector<char> buffer(std::size_t(1) << 20);
        while (::read(descriptor_, buffer.data(), buffer.size()) > 0) {
        }
    }

private:
    int descriptor_;
};

/// A figure of /proc/self/status in bytes; 0 if it is not there.
std::uint64_t status_bytes(const std::string& key)
{
    std::ifstream status("/proc/self/status");
    status.imbue(std::locale::classic());
    for (std::string word; status >> word;)
        if (word == key + ":") {
            std::uint64_t kilobytes = 0;
            status >> kilobytes;
            return 1024 * kilobytes;
        }
    return 0;
}

/// What loading adds to the memory of the process at most, over the bytes of the tensors; null where the system does
/// not let the peak be reset.
Json peak_ratio(const fs::path& path)
{
    ::malloc_trim(0); // otherwise tensors would reuse what earlier ones left, and not be counted
    std::ofstream("/proc/self/clear_refs") << 5 << std::flush;
    const std::uint64_t before = status_bytes("VmRSS");
    if (before == 0 || status_bytes("VmHWM") > before + tensor_bytes)
        return {};
    const StateDict state = read_state_dict(Checkpoint::open(path));
    return double(status_bytes("VmHWM") - before) / double(tensors * tensor_bytes);
}

Json measure(const fs::path& path)
{
    const auto plain = [&] { OpenFile(path).read_to_the_end(); };
    const auto load = [&] { read_state_dict(Checkpoint::open(path)); };
    const Json peak = peak_ratio(path);
    std::vector<double> plain_times, load_times, ratios;
    for (int i = 0; i < rounds; ++i) {
        OpenFile(path).drop_from_page_cache();
        plain_times.push_back(seconds(plain));
        OpenFile(path).drop_from_page_cache();
        load_times.push_back(seconds(load));
        ratios.push_back(plain_times.back() / load_times.back());
    }
    return {{"plain_read_seconds", median(plain_times)},
            {"load_seconds", median(load_times)},
            {"speed_over_plain_read", median(ratios)},
            {"peak_memory_over_tensor_bytes", peak}};
}

/// A folder that is removed with what is in it.
class TemporaryFolder {
public:
    TemporaryFolder()
    {
        std::string name = (fs::temp_directory_path() / "lacuna-bench-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw Error(ErrorKind::Output, name, "cannot be made", "Set TMPDIR to a folder with 600 MB free");
        path = name;
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    fs::path path{};
};

} // namespace

Json bench_checkpoint()
{
    const TemporaryFolder folder;
    const fs::path plain = folder.path / "made.safetensors", zip = folder.path / "made.pt";
    {
        Values values;
        write_as_safetensors(plain, values);
        write_as_torch_zip(zip, values);
    }
    return {{"tensor_megabytes", double(tensors * tensor_bytes) / 1e6},
            {"note", "page cache dropped before every read; plain and load alternate; median of 3"},
            {"safetensors", measure(plain)},
            {"torch_zip", measure(zip)}};
}

} // namespace lacuna::cli

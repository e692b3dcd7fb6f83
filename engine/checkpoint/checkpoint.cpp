// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/checkpoint.h"

#include <algorithm>
#include <mutex>

#include "engine/checkpoint/contents.h"
#include "engine/checkpoint/tensor_geometry.h"
#include "engine/checkpoint/tensor_reader.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"

namespace lacuna {

struct Checkpoint::State {
    ByteSource source;
    Container container;
    CheckpointContents contents;
    std::mutex mutex{};
    std::vector<bool> verified{}; ///< blocks whose checksum was right; guarded by the mutex
};

namespace {

Checkpoint::Container recognise_container(const ByteSource& source)
{
    using Container = Checkpoint::Container;
    const std::uint64_t length = std::min<std::uint64_t>(source.size(), 64);
    const std::string start = ByteReader(source, 0, length).text(length);
    if (start.rfind(std::string("PK\3\4"), 0) == 0)
        return Container::TorchZip;
    if (begins_like_legacy_stream(source))
        return Container::TorchLegacy;
    const std::size_t brace = start.size() > 8 ? start.find_first_not_of(" \t\r\n", 8) : std::string::npos;
    if (brace != std::string::npos && start[brace] == '{')
        return Container::Safetensors;
    refuse_other_file(source);
}

CheckpointContents read_contents(const ByteSource& source, Checkpoint::Container container)
{
    switch (container) {
    case Checkpoint::Container::TorchZip:
        return read_torch_zip(source);
    case Checkpoint::Container::TorchLegacy:
        return read_legacy_stream(source);
    case Checkpoint::Container::Safetensors:
        break;
    }
    return read_safetensors(source);
}

/// Tensors may share blocks, as tied weights do. Thousands of views of one block would fill any memory or disk.
void check_expansion(const ByteSource& source, const CheckpointContents& contents)
{
    constexpr std::uint64_t most = 16;
    std::uint64_t total = 0;
    for (const auto& [name, entry] : contents.tensors) {
        total += static_cast<std::uint64_t>(entry.elements()) * size_of(entry.dtype);
        if (total / most > source.size())
            source.refuse("holds the same numbers so often that it is more than 16 times its size",
                          "Do not trust this file unless you know where it is from");
    }
}

} // namespace

Checkpoint Checkpoint::open(const std::filesystem::path& path)
{
    return open(ByteSource::open(path));
}

Checkpoint Checkpoint::open(ByteSource source)
{
    const Container container = recognise_container(source);
    CheckpointContents contents = read_contents(source, container);
    check_expansion(source, contents);
    const std::size_t blocks = contents.blocks.size();
    return Checkpoint(std::shared_ptr<State>(
        new State{std::move(source), container, std::move(contents), {}, std::vector<bool>(blocks)}));
}

Checkpoint::Container Checkpoint::container() const
{
    return state_->container;
}

const std::string& Checkpoint::file() const
{
    return state_->source.name();
}

std::uint64_t Checkpoint::file_size() const
{
    return state_->source.size();
}

const std::map<std::string, TensorEntry>& Checkpoint::tensors() const
{
    return state_->contents.tensors;
}

const std::string& Checkpoint::wrapper() const
{
    return state_->contents.wrapper;
}

const std::map<std::string, std::string>& Checkpoint::metadata() const
{
    return state_->contents.metadata;
}

void Checkpoint::read(const std::string& name, DType as, std::span<std::byte> destination) const
{
    const auto found = tensors().find(name);
    check(found != tensors().end(), "only tensors that are in the checkpoint are read");
    const TensorEntry& entry = found->second;
    check(destination.size() == static_cast<std::size_t>(entry.elements()) * size_of(as),
          "the destination has the size of the tensor");
    if (!converts(entry.dtype, as))
        refuse("holds the tensor " + in_quotes(name) + " as " + name_of(entry.dtype) + ", not as "
                   + name_of(as),
               "Give a checkpoint of the right model");
    const TensorBlock& block = state_->contents.blocks[entry.block];
    bool unverified = block.crc.has_value();
    if (unverified) {
        const std::lock_guard lock(state_->mutex);
        unverified = !state_->verified[entry.block];
    }
    read_tensor(state_->source, block, entry, as, destination, unverified);
    if (unverified) {
        const std::lock_guard lock(state_->mutex);
        state_->verified[entry.block] = true;
    }
}

std::string Checkpoint::sha256() const
{
    Sha256 hash;
    std::vector<std::uint8_t> buffer(std::size_t(1) << 20);
    for (std::uint64_t at = 0; at < file_size();) {
        const std::uint64_t count = std::min<std::uint64_t>(buffer.size(), file_size() - at);
        const auto piece = std::span(buffer).first(static_cast<std::size_t>(count));
        state_->source.read(at, piece);
        hash.add(piece);
        at += count;
    }
    return hash.hex();
}

void Checkpoint::refuse(const std::string& cause, const std::string& action) const
{
    state_->source.refuse(cause, action);
}

const char* name_of(Checkpoint::Container container)
{
    switch (container) {
    case Checkpoint::Container::Safetensors:
        return "safetensors";
    case Checkpoint::Container::TorchZip:
        return "PyTorch (zip)";
    case Checkpoint::Container::TorchLegacy:
        break;
    }
    return "PyTorch (before 1.6)";
}

void require_shapes(const Checkpoint& checkpoint,
                    const std::map<std::string, std::vector<std::int64_t>>& expected, bool allow_extra)
{
    std::vector<std::string> problems;
    for (const auto& [name, shape] : expected) {
        const auto found = checkpoint.tensors().find(name);
        if (found == checkpoint.tensors().end())
            problems.push_back(in_quotes(name) + " is missing");
        else if (found->second.shape != shape)
            problems.push_back(in_quotes(name) + " is " + shape_text(found->second.shape) + " instead of "
                               + shape_text(shape));
    }
    for (const auto& [name, entry] : checkpoint.tensors())
        if (!allow_extra && !expected.contains(name))
            problems.push_back(in_quotes(name) + " is not part of the model");
    if (problems.empty())
        return;
    std::string cause = "does not fit the model (" + std::to_string(problems.size())
                        + (problems.size() == 1 ? " tensor): " : " tensors): ");
    for (std::size_t i = 0; i < std::min<std::size_t>(problems.size(), 3); ++i)
        cause += (i == 0 ? "" : "; ") + problems[i];
    checkpoint.refuse(cause, "Give a checkpoint of the right model");
}

} // namespace lacuna

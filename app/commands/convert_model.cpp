// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/commands/model_files.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/error.h"

namespace lacuna::cli {

namespace {

DType stored_type(DType dtype, bool half)
{
    return half && (dtype == DType::F32 || dtype == DType::F64) ? DType::F16 : dtype;
}

/// Notes of the input come along; what we say of it stands above them.
std::map<std::string, std::string> provenance(const Checkpoint& checkpoint, const Conversion& conversion)
{
    std::map<std::string, std::string> metadata = checkpoint.metadata();
    metadata["source_file"] = conversion.input.filename().string();
    metadata["source_sha256"] = checkpoint.sha256();
    metadata["converted_by"] = std::string("Lacuna ") + LACUNA_VERSION;
    if (conversion.licence)
        metadata["licence"] = *conversion.licence;
    if (conversion.architecture)
        metadata["architecture"] = *conversion.architecture;
    return metadata;
}

void refuse_existing(const Conversion& conversion)
{
    std::error_code ignored;
    if (!conversion.force && std::filesystem::exists(conversion.output, ignored))
        throw Error(ErrorKind::Usage, conversion.output.string(), "exists already",
                    "Choose another name, or replace it with --force");
}

} // namespace

int convert_model(const Conversion& conversion, bool json)
{
    refuse_existing(conversion);
    const Checkpoint checkpoint = Checkpoint::open(conversion.input);
    std::map<std::string, SafetensorsEntry> entries;
    std::uint64_t bytes = 0;
    for (const auto& [name, entry] : checkpoint.tensors()) {
        const DType dtype = stored_type(entry.dtype, conversion.half);
        entries.emplace(name, SafetensorsEntry{dtype, entry.shape});
        bytes += static_cast<std::uint64_t>(entry.elements()) * size_of(dtype);
    }
    const auto produce = [&](const std::string& name, std::span<std::byte> values) {
        const DType stored = entries.at(name).dtype, original = checkpoint.tensors().at(name).dtype;
        checkpoint.read(name, stored, values);
        if (count_non_finite(stored, values) != 0)
            checkpoint.refuse(
                "holds NaN, infinite"
                    + std::string(stored == original ? "" : " or, for half precision, too large")
                    + " values in the tensor " + in_quotes(name),
                stored == original ? "The weights are broken; give another checkpoint"
                                   : "Convert it without --half");
    };
    write_safetensors(conversion.output, entries, provenance(checkpoint, conversion), produce);
    if (json)
        std::cout << nlohmann::ordered_json{{"output", conversion.output.string()},
                                            {"tensors", entries.size()},
                                            {"bytes", bytes}}
                         .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                  << "\n";
    else
        std::cout << printable(conversion.output.string()) << ": " << entries.size() << " tensors, "
                  << (bytes + 999999) / 1000000 << " MB\n";
    return 0;
}

} // namespace lacuna::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/commands/model_files.h"
#include "engine/core/error.h"
#include "engine/models/convert_checkpoint.h"

namespace lacuna::cli {

namespace {

void refuse_existing(const Conversion& conversion)
{
    std::error_code ignored;
    if (!conversion.force && std::filesystem::exists(conversion.output, ignored))
        throw Error(ErrorKind::Usage, conversion.output.string(), "exists already",
                    "Choose another name, or replace it with --force");
}

void print(const Conversion& conversion, const ConvertedCheckpoint& converted,
           const std::optional<ModelPreset>& preset, bool as_json)
{
    if (as_json) {
        using Json = nlohmann::ordered_json;
        std::cout << Json{{"output", conversion.output.string()},
                          {"tensors", converted.tensors},
                          {"bytes", converted.bytes},
                          {"preset", preset ? Json(preset->id) : Json()}}
                         .dump(-1, ' ', false, Json::error_handler_t::replace)
                  << "\n";
        return;
    }
    std::cout << printable(conversion.output.string()) << ": " << converted.tensors << " tensors, "
              << (converted.bytes + 999999) / 1000000 << " MB\n";
    if (preset)
        std::cout << "It is the network of the preset " << printable(preset->id) << ": 'fill --model' needs "
                  << "nothing else.\n";
    else
        std::cout << "It does not say which network it is for: 'fill' will need --preset.\n";
}

} // namespace

int convert_model(const Conversion& conversion, bool json)
{
    refuse_existing(conversion);
    const Checkpoint checkpoint = Checkpoint::open(conversion.input);
    const std::string sha256 = checkpoint.sha256();
    const std::optional<ModelPreset> preset =
        conversion.preset.empty() ? preset_of(checkpoint, sha256) : find_preset(conversion.preset);
    const ConvertedCheckpoint converted =
        convert_checkpoint(checkpoint, {.output = conversion.output,
                                        .preset = preset,
                                        .sha256 = sha256,
                                        .half = conversion.half,
                                        .licence = conversion.licence,
                                        .architecture = conversion.architecture});
    print(conversion, converted, preset, json);
    return 0;
}

} // namespace lacuna::cli

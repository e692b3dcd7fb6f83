// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/checkpoint_import.h"

#include <algorithm>
#include <cctype>

#include "engine/core/error.h"
#include "engine/models/convert_checkpoint.h"
#include "engine/models/model_folder.h"
#include "engine/models/recognise.h"
#include "ui/models/downloader/partial_file.h"

namespace lacuna::ui {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void stopped(const fs::path& file)
{
    throw Error(ErrorKind::Usage, file.filename().string(), "was not imported: it was stopped", "");
}

/// Letters, digits and . _ - of a name, as a file can have it.
std::string plainName(const std::string& name)
{
    std::string plain;
    for (const char c : name)
        plain += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ? c : '-';
    plain = plain.substr(0, 80);
    return plain.empty() ? "model" : plain;
}

} // namespace

std::vector<ModelPreset> CheckpointReport::choices() const
{
    return known ? std::vector{*known} : fitting;
}

CheckpointReport inspectCheckpoint(const fs::path& file, const std::vector<ModelPreset>& published,
                                   const std::string& wanted, const std::shared_ptr<JobState>& state)
{
    const Checkpoint checkpoint = Checkpoint::open(file);
    CheckpointReport report{.file = file,
                            .bytes = checkpoint.file_size(),
                            .container = name_of(checkpoint.container()),
                            .tensors = checkpoint.tensors().size()};
    const ParameterShapes shapes = shapes_of(checkpoint);
    report.parameters = parameter_count(shapes);
    report.sha256 = hashOfFile(file, state->stop, [&](std::uint64_t done) {
        state->permille = int(1000 * done / std::max<std::uint64_t>(1, report.bytes));
    });
    if (report.sha256.empty())
        stopped(file);
    try {
        report.known = stored_preset(checkpoint.metadata(), checkpoint.file());
        for (const ModelPreset& preset : published)
            if (!report.known && preset.sha256 == report.sha256)
                report.known = preset;
        if (report.known) {
            require_fit(checkpoint, *report.known);
            return report;
        }
        recognise(shapes, checkpoint.file());
        for (const ModelPreset& preset : published)
            if (parameter_shapes(network_graph(preset.architecture)) == shapes)
                report.fitting.push_back(preset);
        if (report.fitting.empty())
            report.problem =
                "has a network that no published preset describes; 'lacuna-cli models convert' can "
                "take a preset of your own";
    } catch (const Error& error) {
        report.problem = error.cause();
    }
    std::stable_partition(report.fitting.begin(), report.fitting.end(),
                          [&](const ModelPreset& preset) { return preset.id == wanted; });
    return report;
}

std::string freeModelName(const fs::path& folder, const std::string& name)
{
    std::error_code ignored;
    std::string free = plainName(name);
    for (int number = 2; fs::exists(folder / (free + ".safetensors"), ignored); ++number)
        free = plainName(name) + "-" + std::to_string(number);
    return free;
}

std::string importCheckpoint(const fs::path& file, const ModelPreset& preset, const std::string& sha256,
                             const std::shared_ptr<JobState>& state)
{
    const fs::path folder = user_model_folder();
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::Output, folder.string(), "cannot be created: " + error.message(),
                    "Check the permissions of the folder");
    const std::string name = freeModelName(folder, preset.id);
    const Checkpoint checkpoint = Checkpoint::open(file);
    convert_checkpoint(checkpoint,
                       {.output = folder / (name + ".safetensors"), .preset = preset, .sha256 = sha256},
                       [&](double done) {
                           state->permille = int(1000 * done);
                           if (state->stop)
                               stopped(file);
                       });
    return name;
}

} // namespace lacuna::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "engine/core/device.h"
#include "engine/core/error.h"
#include "engine/models/dataset_model.h"
#include "engine/models/device_check.h"

namespace lacuna::cli {

namespace {

namespace fs = std::filesystem;

/// A folder of the XDG base directory specification; relative values are ignored as it says.
fs::path xdg(const char* variable, const char* below_home)
{
    const char* value = std::getenv(variable);
    if (value && fs::path(value).is_absolute())
        return fs::path(value) / "lacuna";
    const char* home = std::getenv("HOME");
    return (home ? fs::path(home) : fs::path("/")) / below_home / "lacuna";
}

std::string blas_advice(double gflops, int cores)
{
    // A core of the last ten years reaches some 30 GFLOP/s or more with a BLAS made for it.
    if (gflops >= 15.0 * cores)
        return "good";
    return "slow: install libopenblas0-openmp (apt install libopenblas0-openmp), which Debian's LibTorch "
           "then uses by itself. "
           "This photo does not depend on it; neural networks do";
}

/// A small network on the device against the processor.
int check_device_of(const std::string& name, bool json)
{
    constexpr double agrees_float = 1e-2,
                     agrees_short = 5e-2; // float may be computed with 10-bit products (TF32)
    use_threads();
    const at::Device device = find_device(name);
    const std::vector<DeviceFigure> figures = check_device(device);
    bool good = true;
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::setprecision(2);
    for (const DeviceFigure& figure : figures) {
        const bool agrees =
            figure.relative_error < (figure.precision == "float" ? agrees_float : agrees_short);
        good = good && agrees;
        list.push_back({{"precision", figure.precision},
                        {"relative_error", figure.relative_error},
                        {"pictures_per_second", figure.pictures_per_second},
                        {"good", agrees}});
        text << "  " << figure.precision << ": relative error " << figure.relative_error << ", "
             << fixed(figure.pictures_per_second, 0) << " pictures of 64 x 64 a second"
             << (agrees ? "\n" : ": WRONG, do not use it\n");
    }
    if (json)
        std::cout << nlohmann::ordered_json{{"device", device.str()}, {"good", good}, {"checks", list}}.dump()
                  << "\n";
    else
        std::cout << "Device " << device.str()
                  << ", a network of 2.7 million parameters against the processor"
                  << (device.is_cpu() ? " in double precision" : "") << ":\n"
                  << text.str();
    return good ? 0 : static_cast<int>(ErrorKind::SomeFailed);
}

int doctor(bool json)
{
    use_threads();
    const int cores = usable_cores();
    const double gflops = measure_gemm();
    const std::string blas = blas_library();
    const fs::path data = xdg("XDG_DATA_HOME", ".local/share"), state = xdg("XDG_STATE_HOME", ".local/state");
    std::error_code error;
    const auto space = fs::space(fs::current_path(), error);
    const double free_gb = error ? -1 : double(space.available) / 1e9;
    if (json) {
        std::cout << nlohmann::ordered_json{{"lacuna", LACUNA_VERSION},
                                            {"libraries", library_versions()},
                                            {"device", "cpu"},
                                            {"cores", cores},
                                            {"blas", blas},
                                            {"blas_gflops", gflops},
                                            {"blas_advice", blas_advice(gflops, cores)},
                                            {"data_folder", data.string()},
                                            {"state_folder", state.string()},
                                            {"free_gb_here", free_gb}}
                         .dump()
                  << "\n";
        return 0;
    }
    std::cout << "Lacuna " << LACUNA_VERSION << "\n"
              << library_versions() << "Device: CPU, " << cores << (cores == 1 ? " core" : " cores")
              << " usable\n"
              << "BLAS: " << (blas.empty() ? "not found in the process" : blas) << ", " << fixed(gflops, 0)
              << " GFLOP/s on a 1024 x 1024 product: " << blas_advice(gflops, cores) << "\n"
              << "Models and projects: " << data.string() << "\n"
              << "Logs and recovery: " << state.string() << "\n"
              << "Free space here: " << fixed(free_gb, 1) << " GB\n";
    return 0;
}

} // namespace

void add_doctor(CLI::App& app, Chosen& chosen)
{
    CLI::App* command = app.add_subcommand(
        "doctor", "Say what this machine offers: versions, cores, BLAS speed, folders, disk");
    auto device = std::make_shared<std::string>();
    command->add_option(
        "--device", *device,
        "Instead, check that a network computes the same on this device as on the processor, and how "
        "fast: cpu, cuda or cuda:N");
    command->add_flag("--json", chosen.json, "Print one line of JSON");
    command->callback([device, &chosen] {
        chosen.run = [device, &chosen] {
            return device->empty() ? doctor(chosen.json) : check_device_of(*device, chosen.json);
        };
    });
}

} // namespace lacuna::cli

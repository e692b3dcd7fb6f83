// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <iostream>
#include <sstream>

#include "engine/core/error.h"
#include "golden_case.h"
#include "hostile.h"

namespace {

namespace fs = std::filesystem;
using namespace lacuna;
using namespace lacuna::golden;
using nlohmann::json;

struct Tally {
    int passed = 0, failed = 0, skipped = 0;
};

json read_json(const fs::path& file)
{
    json content = json::parse(read_file(file), nullptr, /*allow_exceptions=*/false);
    if (content.is_discarded() || !content.is_object())
        throw BrokenData(file, "it is not a JSON object");
    return content;
}

std::vector<json> manifest_cases(const fs::path& manifest)
{
    const json content = read_json(manifest);
    const auto cases = content.find("cases");
    if (cases == content.end() || !cases->is_array())
        throw BrokenData(manifest, "it has no list of cases");
    for (const json& entry : *cases)
        if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string())
            throw BrokenData(manifest, "a case has no name");
    return *cases;
}

/// A case of a data set with one manifest: its folder and common/ are beside the manifest.
GoldenCase manifest_case(const json& entry, const fs::path& root)
{
    const fs::path folder = root / entry["name"].get<std::string>();
    if (!fs::is_directory(folder))
        throw BrokenData(folder, "the manifest lists it, but the folder is missing");
    return {entry, folder, root};
}

/// A case of a data set where every case describes itself.
GoldenCase described_case(const fs::path& folder)
{
    const json params = read_json(folder / "case.json");
    const json listed = params.value("arrays", json::object());
    json arrays = json::object(); // without ".npy"
    for (const auto& [file, description] : listed.items())
        arrays[fs::path(file).replace_extension().string()] = description;
    const json tolerance = params.value("tolerance", json::object());
    return {{{"name", folder.filename().string()},
             {"params", params},
             {"arrays", arrays},
             {"tolerance", tolerance}},
            folder,
            folder.parent_path()};
}

std::vector<GoldenCase> cases_of(fs::path folder)
{
    folder = fs::absolute(folder).lexically_normal();
    if (!folder.has_filename())
        folder = folder.parent_path();
    if (!fs::is_directory(folder))
        throw BrokenData(folder, "there is no such folder");

    std::vector<GoldenCase> cases;
    if (fs::exists(folder / "manifest.json")) {
        for (const json& entry : manifest_cases(folder / "manifest.json"))
            cases.push_back(manifest_case(entry, folder));
    } else if (fs::exists(folder / "case.json")) {
        cases.push_back(described_case(folder));
    } else if (fs::exists(folder.parent_path() / "manifest.json")) {
        for (const json& entry : manifest_cases(folder.parent_path() / "manifest.json"))
            if (entry["name"].get<std::string>() == folder.filename().string())
                cases.push_back(manifest_case(entry, folder.parent_path()));
    } else {
        std::vector<fs::path> inner;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder))
            if (entry.is_directory() && fs::exists(entry.path() / "case.json"))
                inner.push_back(entry.path());
        std::sort(inner.begin(), inner.end());
        for (const fs::path& path : inner)
            cases.push_back(described_case(path));
    }
    if (cases.empty())
        throw BrokenData(folder, "it holds no golden case");
    return cases;
}

/// True when one of the families knows the case; what went wrong while computing counts as a failed comparison.
bool run(GoldenCase& golden)
{
    static constexpr std::array families{
        run_baseline_case,            // one a line, sorted
        run_checkpoint_case,          //
        run_comparison_case,          //
        run_denoiser_case,            //
        run_network_case,             //
        run_operator_case,            //
        run_particle_case,            //
        run_particle_experiment_case, //
        run_process_case,             //
        run_quality_case,             //
        run_reproducibility_case,     //
        run_sampler_case,             //
        run_schedule_case,            //
        run_selection_case,           //
        run_thesis_case,              //
        run_trajectory_case,          //
        run_wrapper_case,             //
    };
    try {
        for (const Family family : families)
            if (family(golden)) {
                for (const std::string& array : golden.untouched())
                    golden.fail("the array " + array + " was not compared");
                if (!golden.compared_anything())
                    golden.fail("nothing was compared");
                return true;
            }
        return false;
    } catch (const BrokenData&) {
        throw;
    } catch (const json::exception& error) {
        throw BrokenData(golden.name(), std::string("its description cannot be used: ") + error.what());
    } catch (const c10::Error& error) {
        golden.fail(error.what_without_backtrace());
    } catch (const std::exception& error) {
        golden.fail(error.what());
    }
    return true;
}

void report(GoldenCase& golden, Tally& tally)
{
    std::ostringstream line;
    line.imbue(std::locale::classic());
    line.precision(3);
    if (!run(golden)) {
        ++tally.skipped;
        line << "UNSUPPORTED " << golden.name() << " 0 0";
    } else {
        ++(golden.failed() ? tally.failed : tally.passed);
        line << (golden.failed() ? "FAIL " : "PASS ") << golden.name() << ' ' << golden.worst_error() << ' '
             << golden.worst_bound();
    }
    std::cout << line.str() << std::endl;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: lacuna-golden DIR... | lacuna-golden --hostile DIR\n";
        return static_cast<int>(ErrorKind::Usage);
    }
    Tally tally;
    try {
        if (argc == 3 && std::string(argv[1]) == "--hostile")
            return run_hostile(argv[2]);
        for (int i = 1; i < argc; ++i)
            for (GoldenCase& golden : cases_of(argv[i]))
                report(golden, tally);
    } catch (const BrokenData& error) {
        std::cerr << error.what() << '\n';
        return static_cast<int>(ErrorKind::Input);
    } catch (const fs::filesystem_error& error) {
        std::cerr << error.what() << '\n';
        return static_cast<int>(ErrorKind::Input);
    }
    std::cout << tally.passed << " passed, " << tally.failed << " failed, " << tally.skipped << " skipped"
              << std::endl;
    return tally.failed + tally.skipped == 0 ? 0 : static_cast<int>(ErrorKind::SomeFailed);
}
